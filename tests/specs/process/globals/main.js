// Names of the global object that scripts rely on.
console.log(global === globalThis, globalThis[Symbol.toStringTag], Object.prototype.toString.call(globalThis));
const names = `process Buffer console setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate
queueMicrotask structuredClone URL URLSearchParams TextEncoder TextDecoder AbortController AbortSignal Event
EventTarget performance atob btoa Blob DOMException CustomEvent`.split(/\s+/);
for (const name of names) {
  const d = Object.getOwnPropertyDescriptor(globalThis, name);
  console.log(name, typeof globalThis[name], d?.enumerable, d?.configurable);
}
console.log(typeof require, typeof module, typeof exports, typeof __filename, typeof __dirname);
const later = ['fetch', 'crypto', 'navigator', 'sessionStorage', 'localStorage'];
console.log(Object.keys(globalThis).filter((name) => !later.includes(name)));
