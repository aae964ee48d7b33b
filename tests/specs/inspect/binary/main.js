// Buffers, typed arrays, ArrayBuffer, DataView.
console.log(Buffer.from('hello'), Buffer.alloc(0), Buffer.alloc(60, 1), [Buffer.from([1, 2])]);
console.log(new Uint8Array([1, 2]), new Float64Array([1.5, -0, NaN]), new BigInt64Array([1n]), new Uint8ClampedArray(3), new Uint16Array(120));
console.log(new ArrayBuffer(4), new Uint8Array([255, 1, 16]).buffer, new DataView(new ArrayBuffer(3), 1), new SharedArrayBuffer(2));
console.log({ b: Buffer.from('x'), t: new Int8Array(1) }, Object.assign(Buffer.from('ab'), { key: 1 }), new Float32Array([0.1, 1 / 3]));
class Sub extends Uint8Array {}
console.log(new Sub(2), new ArrayBuffer(8, { maxByteLength: 16 }), structuredClone(new ArrayBuffer(2)));
