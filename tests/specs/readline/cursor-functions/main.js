// The functions that move the cursor, and wrong arguments everywhere.
const readline = require('readline');
const { PassThrough, Writable } = require('stream');
let text = '';
const output = new Writable({ write(chunk, encoding, done) { text += chunk; done(); } });
console.log(readline.cursorTo(output, 3), readline.cursorTo(output, 3, 4), readline.moveCursor(output, -1, 2), readline.moveCursor(output, 0, 0), readline.clearLine(output, -1), readline.clearLine(output, 1), readline.clearLine(output, 0), readline.clearScreenDown(output), JSON.stringify(text));
const create = (options) => readline.createInterface({ input: new PassThrough(), ...options });
for (const f of [() => readline.cursorTo(output, 'a'), () => readline.cursorTo(output, NaN), () => readline.cursorTo(output, 1, NaN), () => readline.cursorTo(output, 1, 'x'), () => readline.cursorTo(output, 'x', 1), () => readline.moveCursor(output, 1, 1, 5), () => readline.clearLine(output, 0, 5), () => readline.clearScreenDown(output, 5), () => readline.cursorTo(null, 1), () => create({ completer: 5 }), () => create({ historySize: -1 }), () => create({ historySize: 'x' }), () => create({ history: 5 }), () => create({ tabSize: 0 }), () => create({ crlfDelay: 'x' }).crlfDelay, () => create({ crlfDelay: 5 }).crlfDelay, () => create({ escapeCodeTimeout: 'x' }), () => create({ prompt: 5 }).getPrompt(), () => create({ signal: 5 }), () => create().question('x', 5), () => create().question(5, () => {})]) try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); }
readline.cursorTo(output, 0, () => console.log('written'));
readline.cursorTo(null, 0, 0, (error) => console.log('nothing to write to', error));
readline.moveCursor(output, 0, 0, (error) => console.log('nothing to write', error));
console.log(readline);
