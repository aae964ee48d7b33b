'use strict';
// WebAssembly compiled on other threads keeps the program alive until it is there.
const bytes = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 7, 1, 96, 2, 127, 127, 1, 127, 3, 2, 1, 0, 7, 7, 1, 3, 97, 100, 100, 0, 0,
  10, 9, 1, 7, 0, 32, 0, 32, 1, 106, 11]);
console.log(WebAssembly.validate(bytes), WebAssembly.compile.name, WebAssembly.compile.length, String(WebAssembly.instantiate));
(async () => {
  const module = await WebAssembly.compile(bytes);
  console.log(module, WebAssembly.Module.exports(module));
  const { instance } = await WebAssembly.instantiate(bytes, {});
  console.log(instance.exports.add(2, 3), (await WebAssembly.instantiate(module)).exports.add(4, 5));
  await WebAssembly.compile(new Uint8Array(3)).catch((error) => console.log(error.name, error instanceof WebAssembly.CompileError));
  await WebAssembly.compile('x').catch((error) => console.log(error.name));
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(module);
  port2.onmessage = ({ data }) => {
    console.log(new WebAssembly.Instance(data).exports.add(1, 1));
    port2.close();
  };
})();
