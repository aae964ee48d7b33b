// Every part of a regular expression in its colour.
const { inspect } = require('util');
const rs=[/abc/gi,/(?<name>a|b)+?[^x-z\d]\1\k<name>/u,/^\w{2,3}$/,/(?:a)(?=b)(?!c)(?<=d)(?<!e)/,/\u{1F600}\x41\p{L}/u,/[a\]b]/,/a.b*/s, /\//, /[\w\-]+@[\w.]+/v, /((a)(b(c(d(e)))))/, /\cA\0\n\t/, /a{2}b{3,}?/, /[[a-z]&&[aeiou]]/v, /x\/y[/]/, /(?i:a)b/, /\bfoo\B/];
for (const r of rs) console.log(JSON.stringify(inspect(r,{colors:true})));
for (const r of [/(a+|b?)/,/(a{2})/,/([a-z])/,/(\d)/,/(?<x>(\k<x>))/,/a|b/,/(.)/,/(^a$)/,/a*?b+?c??/,/]/,/}/,/a{/,/{}/,/\u0041\uD83D/,/(\1)/,/\P{L}\p{Script=Greek}/u,/\u{1}/,/a{,2}/,/a{2,}/,/[-a]/,/[a-]/,/[^-a]/,/[a-c-e]/,/[\d-x]/,/\12/,/\8/,/[.*+]/,/[\u{1F600}]/u,/[\p{L}]/u,/[\x41\cA]/,/\\/,/(?<a>x)|(?<a>y)/,/(?-i:a)/,/(?i-s:a)/,/[]/,/[^]/,/(?:)/,/\ca/,/\k/,/\k<a>/,/(((((((a)))))))/,/[(]/]) console.log(JSON.stringify(inspect(r,{colors:true})));
