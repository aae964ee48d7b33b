'use strict';
const { minify } = require('terser');

const code = 'function add(first, second) { const unused = 1; if (false) { console.log("dead"); } return first + second; }\nexport const total = [1, 2, 3].reduce((sum, value) => add(sum, value), 0);\n';
(async () => {
  console.log((await minify(code, { module: true })).code);
  const { code: mapped, map } = await minify({ 'a.js': 'var longName = 1; console.log(longName);' }, { toplevel: true, sourceMap: { url: 'a.js.map' } });
  console.log(mapped, JSON.parse(map).sources);
  await minify('let = ;').catch((error) => console.log(error.name, error.message, error.line, error.col));
})();
