'use strict';
const YAML = require('yaml');

const text = '# top\nbase: &b {a: 1, list: [x, "y"]}\ncopy: *b\nblock: |\n  two\n  lines\nfold: >-\n  one\n  line\ndate: 2001-12-14\nnone: ~\n? complex\n: yes\n';
console.log(YAML.parse(text));
const document = YAML.parseDocument(text);
document.setIn(['base', 'a'], 2);
document.delete('block');
console.log(String(document));
console.log(YAML.stringify({ a: [1, { b: 'x: y' }], long: 'multi\nline' }));
try {
  YAML.parse('a: [1, 2');
} catch (error) {
  console.log(error.name, error.code, error.linePos[0]);
}
