// Hooks in a thread of their own.
import { createRequire, register } from 'node:module';
import { MessageChannel } from 'node:worker_threads';

process.removeAllListeners('warning');
process.on('warning', ({ name, code, message }) => console.log(name, code, message));

const { port1, port2 } = new MessageChannel();
port1.once('message', (message) => {
  console.log(message);
  port1.close();
});
console.log(register('./hooks.mjs?1', import.meta.url, { data: { name: 'first', port: port2 }, transferList: [port2] }));
console.log(register('./hooks.mjs?2', { parentURL: import.meta.url, data: { name: 'second' } }));

const show = async (specifier) => {
  try {
    console.log(specifier, { ...await import(specifier) });
  } catch (error) {
    console.log(specifier, error.name, error.code, error.message.replaceAll(import.meta.dirname, 'FOLDER'));
  }
};
for (const specifier of ['virtual:first', 'virtual:second', 'app:./plain.mjs', './changed.cjs', './a.txt', './none.mjs', 'other:x']) {
  await show(specifier);
}
console.log(createRequire(import.meta.url)('./changed.cjs'));
console.log(import.meta.resolve('app:./x.js') === new URL('x.js', import.meta.url).href);

const code = (text) => `data:text/javascript,${encodeURIComponent(text)}`;
for (const text of [
  'export const initialize = () => { throw new TypeError("not today") }',
  'export async function load(url, context, next) { return url === "data:text/javascript,1" ? { format: "module", source: 5, shortCircuit: true } : next(url, context) }',
  'export async function resolve(specifier, context, next) { return specifier.startsWith("x:") ? { url: "x:1" } : next(specifier, context) }',
]) {
  try {
    register(code(text));
  } catch (error) {
    console.log(error.name, error.message);
  }
}
await show('data:text/javascript,1');
await show('x:y');
