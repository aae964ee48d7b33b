// styleText and stripVTControlCharacters.
const { styleText, stripVTControlCharacters, inspect } = require('util');
const show = (text) => console.log(JSON.stringify(text));
const plain = { validateStream: false };
show(styleText('red', 'error', plain));
show(styleText(['bold', 'underline'], 'both', plain));
show(styleText('red', `a${styleText('blue', 'b', plain)}c`, plain));
show(styleText('none', 'plain', plain));
show(styleText('bgYellow', '', plain));
show(styleText('red', 'piped'));
show(stripVTControlCharacters('\u001b[31mred\u001b[39m \u001b]8;;http://x\u0007link\u001b]8;;\u0007'));
for (const args of [['nope', 'x'], ['red', 5], [['red', 'nope'], 'x'], [undefined, 'x']]) {
  try { styleText(...args, plain); } catch (e) { console.log(e.code, e.message.slice(0, 120)); }
}
console.log(Object.keys(inspect.colors).length, inspect.colors.bold, inspect.colors.gray === inspect.colors.grey);
