// Blob and File.
import { Blob, File } from 'node:buffer';
const blob = new Blob(['ab', new Uint8Array([99]), new Blob(['d']), '€'], { type: 'Text/Plain' });
console.log(blob.size, blob.type, await blob.text(), new Uint8Array(await blob.arrayBuffer()), await blob.bytes());
console.log(await blob.slice(1, 3).text(), blob.slice(-3).size, blob.slice(1, 2, 'x/y').type, blob);
const file = new File(['data'], 'name.txt', { type: 'text/plain', lastModified: 5 });
console.log(file.name, file.size, file.lastModified, file instanceof Blob, await file.text(), Object.prototype.toString.call(file));
console.log(await new Blob(['a\r\nb'], { endings: 'native' }).text(), await new Blob([1, null, { a: 1 }]).text(), (await new Blob([]).text()) === '');
for (const f of [() => new Blob('text'), () => new Blob(['x'], { endings: 'nope' }), () => new File(['x'])]) {
  try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
}
console.log(structuredClone(blob) instanceof Blob, globalThis.Blob === Blob);
