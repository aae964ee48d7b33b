'use strict';
const babel = require('@babel/core');

const code = 'class A { #x = 1; static async *g() { yield* [1, 2]; } get x() { return this?.#x ?? 0; } }\nconst { a, ...rest } = { a: 1, b: 2n };\nlabel: for (const [k, v] of Object.entries(rest)) { if (k) continue label; }\n';
const modern = babel.transformSync(code, { configFile: false, babelrc: false, presets: [['@babel/preset-env', { targets: 'chrome 60' }]] });
console.log(modern.code);
const renamed = babel.transformSync('const one = () => one;', {
  configFile: false, babelrc: false, plugins: [() => ({ visitor: { Identifier(path) { path.node.name = path.node.name.toUpperCase(); } } })],
});
console.log(renamed.code);
try {
  babel.parseSync('let x = ;', { configFile: false, babelrc: false, filename: 'bad.js' });
} catch (error) {
  console.log(error.code, error.message.split('\n')[0].replace(/^.*bad\.js/, 'bad.js'));
}
