'use strict';
// A REPL over streams: what each line comes to, commands, contexts, errors.
const fs = require('fs');
const os = require('os');
const path = require('path');
const repl = require('repl');
const { PassThrough } = require('stream');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'repl-'));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
fs.writeFileSync(path.join(folder, 'loaded.js'), 'var loaded = 3;\nfunction g() {\n  return 4;\n}\n');

/** Types each line when the prompt is there; resolves to all that was printed. */
function session(lines, options = {}, prepare = () => {}) {
  return new Promise((resolve) => {
    const input = new PassThrough();
    const output = new PassThrough();
    let text = '';
    const server = repl.start({ input, output, prompt: 'p> ', ...options });
    prepare(server);
    server.on('exit', () => resolve(text.replaceAll(folder, 'FOLDER').replaceAll(os.EOL, '\n')));
    const rest = lines.slice();
    output.on('data', (chunk) => {
      text += chunk;
      if (!/(?:p> |\| )$/.test(text)) return;
      setImmediate(() => {
        if (rest.length === 0) server.close();
        else input.write(`${rest.shift()}\n`);
      });
    });
  });
}

async function main() {
  const server = repl.start({ input: new PassThrough(), output: new PassThrough() });
  console.log(server.terminal, server.useColors, server.useGlobal, server.ignoreUndefined, server.underscoreAssigned,
    server.replMode === repl.REPL_MODE_SLOPPY, server.editorMode, server.breakEvalOnSigint, server.context === globalThis,
    Object.keys(server.commands), server.last, server.lastError, server.lines);
  server.close();

  console.log(await session([
    '1+1', '_', 'const a = 5', 'a', 'const a = 6', '{a:1}', '{ a: 1 }.a', 'function f() {', '  return 1', '}', 'f()', '"abc',
    '`x', 'y`', 'f(', '1)', 'throw 5', '_error', 'null', 'undefined', 'fs.readFileSync.name', 'require("path").join("a", "b")',
    '[1,', '2].map((x) => x * 2)', 'new Map([[1, 2]])', '/* abc', 'def */ 4', 'if (true) { 5 } else { 6 }', 'x = = 1', '_ = 6',
    '8', '_', '_error = 1', 'class A {', 'b = 1', '}', 'A', 'new A', '"\\', 'x"', 'Array', '[] instanceof Array', 'console.log(1)',
    ' ', '// c', '/x', 'a b', 'for (;;) { break', '}', '1,', '2', 'return 1', 'let let = 1', '{}', '{};', '({})', '{a:1};',
    'o = {f(){}}', 'this === globalThis', 'typeof module.paths', 'f(1 2', 'global === globalThis', 'npm install x',
  ]));
  console.log(await session([
    'function f() { throw new Error("x") }', 'f()', 'throw Object.assign(new TypeError("t"), { code: 5 })', 'throw new Error("top")',
    'null.x', 'import fs from "fs"', 'import * as x from "y"', 'import a, { b, c as d } from "z"', 'import "w"',
    'new Promise((ok, no) => no(new Error("late"))), 0', 'await Promise.reject(new Error("ar"))',
  ]));
  console.log(await session([
    'await 5', 'const aw = await 8; aw', 'aw', 'let { p, q: [r] } = await { p: 1, q: [2] }', 'p + r', 'class K {}; await 0; K',
    'function g() { return this === globalThis }; await g()', 'for await (const i of [1, 2]) i', 'await Promise.all([', '1, 2])',
    'var v = await 3, w', 'v', 'w', '(await import("node:path")).sep', 'import("fs").then((x) => x.readFile.name)',
  ]));
  console.log(await session(['if (1) {', '.break', '.help', 'let z = 1', '.clear', 'typeof z', 'm', '.hello x', '.nope', '.editor',
    `.save ${folder}/saved.js`, `.load ${folder}/loaded.js`, 'loaded + g()', `.load ${folder}/none.js`, `.load ${folder}`, '.bye'], {}, (one) => {
    one.defineCommand('hello', {
      help: 'Say hello',
      action(name) {
        this.clearBufferedCommand();
        this.output.write(`hi ${name}\n`);
        this.displayPrompt();
      },
    });
    one.defineCommand('bye', function() {
      this.output.write('bye\n');
      this.close();
    });
    one.on('reset', (context) => { context.m = 'reset'; });
    one.context.m = 'message';
  }));
  console.log(fs.readFileSync(path.join(folder, 'saved.js'), 'utf8'));
  console.log(await session(['1', 'undefined', 'x = 5', '__filename'], {
    ignoreUndefined: true, writer: (value) => `<${value}>`, replMode: repl.REPL_MODE_STRICT,
  }));
  console.log(await session(['more', 'done', 'wrong', 'later'], {
    eval(code, context, file, callback) {
      if (code === 'more\n') callback(new repl.Recoverable(new SyntaxError('more')));
      else if (code.endsWith('wrong\n')) callback('no');
      else if (code === 'later\n') setImmediate(callback, null, 'came');
      else callback(null, code);
    },
  }, (one) => console.log(one.eval.length)));
  console.log(['a', 'a b', '{', '{a:1}', 'await 1', '`'].map(repl.isValidSyntax), repl.builtinModules.includes('fs'), repl.writer({ a: 1 }));
  try {
    repl.start({ breakEvalOnSigint: true, eval() {}, input: new PassThrough(), output: new PassThrough() });
  } catch (error) {
    console.log(error.code, error.message);
  }
  const asked = repl.start({ input: new PassThrough(), output: new PassThrough(), useGlobal: true });
  const complete = (line) => new Promise((resolve) => asked.complete(line, (error, result) => resolve(result)));
  globalThis.sample = { alpha: { one: 1, two: 2 }, beta: 2 };
  console.log(await complete('sample.al'), await complete('sample.alpha.o'), await complete('.he'), await complete('sampl'),
    await complete('require("child_p'), await complete('nothing.x'));
  asked.close();
}

process.removeAllListeners('warning');
main();
