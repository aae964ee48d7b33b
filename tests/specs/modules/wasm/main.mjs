// WebAssembly as a module: its imports, exports with any name, globals.
import * as b from "./b.wasm";

console.log(b["sum three"](), b.g, Object.keys(b))
console.log((await import("./b.wasm")) === b);
try {
  await import("./bad.wasm");
} catch (error) {
  console.log(error.name);
}
