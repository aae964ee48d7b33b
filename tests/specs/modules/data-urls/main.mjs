// Modules without files: data: URLs, what they can import, and import.meta in them.
const js = (source) => `data:text/javascript,${encodeURIComponent(source)}`;
const tell = async (name, specifier, options) => {
  try {
    console.log(name, await import(specifier, options));
  } catch (error) {
    console.log(name, error.name, error.code, error.message.split('\n')[0].replace(/data:\S+/, 'data:…'));
  }
};
await tell('plain', js('export const a = 1; export default "d";'));
await tell('base64', `data:text/javascript;base64,${Buffer.from('export default 64').toString('base64')}`);
await tell('json', 'data:application/json,{"j":[1]}', { with: { type: 'json' } });
await tell('json without', 'data:application/json,{"j":1}');
await tell('unknown type', 'data:text/css,a{}');
await tell('no type', 'data:,export default 1');
await tell('imports built-in', js('import path from "node:path"; export default path.basename("/x/y");'));
await tell('imports relative', js('import "./lib.mjs";'));
await tell('imports bare', js('import "no-such-package";'));
await tell('syntax', js('export default ;'));
await tell('throws', js('throw new RangeError("thrown");'));
await tell('awaits', js('export const late = await new Promise((r) => setTimeout(r, 1, "late"));'));
await tell('meta', js('export const keys = Object.keys(import.meta).sort(); export const start = import.meta.url.slice(0, 20);'));
await tell('http', 'http://localhost/x.mjs');
await tell('unknown scheme', 'made-up:thing');
await tell('node', 'node:nothing-like-this');
const source = js('export const token = {};');
console.log((await import(source)).token === (await import(source)).token, (await import(source)).token === (await import(`${source}#2`)).token);
const url = new URL('./lib.mjs', import.meta.url);
console.log((await import(url)).default, (await import(url.href)).default, import.meta.resolve('./lib.mjs') === url.href, import.meta.resolve('node:fs'), import.meta.resolve('fs'));
try {
  import.meta.resolve('no-such-package');
} catch (error) {
  console.log(error.code);
}
console.log(import.meta.main, import.meta.filename.endsWith('main.mjs'), import.meta.dirname.length > 1, typeof require, typeof module, this);
