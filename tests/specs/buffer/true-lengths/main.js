'use strict';

// Lengths as they are, whatever a script says of them: views with a `length` of their own, memory that can be resized,
// memory that many Buffers share.

const liar = new Uint8Array([1, 2, 3, 4]);
Object.defineProperty(liar, 'length', { get: () => 100 });
console.log(Buffer.concat([liar, new Uint8Array([5, 6])]));
console.log(Buffer.concat([liar, new Uint8Array([5, 6])], 3));

const memory = new ArrayBuffer(10, { maxByteLength: 20 });
const follows = Buffer.from(memory, 1);
const fixed = Buffer.from(memory, 1, 4);
for (const size of [15, 5, 4, 20]) {
  memory.resize(size);
  console.log(size, follows.length, fixed.length);
}

const { slice, subarray } = Buffer.prototype;
for (const method of [slice, subarray]) {
  for (const View of [Uint8Array, Uint16Array, Buffer]) {
    const view = View === Buffer ? Buffer.from([1, 2, 3, 4]) : new View([1, 2, 3, 4]);
    try {
      console.log(method.name, View.name, method.call(view, 1, 3));
    } catch (error) {
      console.log(method.name, View.name, error.message);
    }
  }
}

const { buffer } = Buffer.from('pooled');
for (const move of [() => buffer.transfer(), () => structuredClone(buffer, { transfer: [buffer] })]) {
  try {
    move();
  } catch (error) {
    console.log(error.name, error.message);
  }
}
