'use strict';
const pug = require('pug');

const template = pug.compile('doctype html\nmixin row(n)\n  li(class=n % 2 ? "odd" : "even" data-n=n)= n\nul#list\n  each n in items\n    +row(n)\n  else\n    li none\np.\n  text #{user.name} and !{html}\nif user.admin\n  b admin', { pretty: true });
console.log(template({ items: [1, 2], user: { name: '<Ann>', admin: true }, html: '<i>x</i>' }));
try {
  pug.render('a(\n');
} catch (error) {
  console.log(error.code, error.line, error.msg);
}
