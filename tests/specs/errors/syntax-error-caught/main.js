// Syntax errors of eval, Function, vm-less code and JSON.parse, caught.
const attempts = ['a b', '(', '"open', '1 = 2', 'await 1', 'let let = 1', '`${', 'for (;', '/[/', 'x?.y = 1', '({a:1, get b})'];
for (const text of attempts) {
  try {
    eval(text);
  } catch (error) {
    console.log(text, '→', error.name, error.message);
  }
}
for (const text of ['', '{', '[1,]', '{"a":1,}', 'nul', '"\n"', '01', '{a:1}', '1 2', '\u0000']) {
  try {
    JSON.parse(text);
  } catch (error) {
    console.log(JSON.stringify(text), '→', error.message);
  }
}
