// Random bytes and numbers: their forms and limits, not their values.
const crypto = require('crypto');
console.log(crypto.randomBytes(5).length, crypto.randomBytes(0).length);
crypto.randomBytes(6, (error, bytes) => console.log(error, bytes.length, bytes instanceof Buffer));
const zeros = new Uint32Array(64);
console.log(crypto.randomFillSync(zeros, 1, 4) === zeros, zeros[0], zeros.slice(1, 5).some(Boolean), zeros[5]);
let inside = true;
for (let i = 0; i < 2000; i++) {
  const number = crypto.randomInt(-3, 4);
  inside &&= Number.isInteger(number) && number >= -3 && number < 4;
}
console.log(inside);
console.log(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()));
console.log(crypto.timingSafeEqual(Buffer.from('abc'), new Uint8Array([97, 98, 99])));
console.log(globalThis.crypto === crypto.webcrypto, globalThis.crypto.getRandomValues(new Int8Array(4)).length);
for (const what of [
  () => crypto.randomBytes(-1),
  () => crypto.randomBytes('1'),
  () => crypto.randomInt(3, 3),
  () => crypto.randomInt(2 ** 48),
  () => crypto.randomFillSync([]),
  () => crypto.randomFillSync(new Uint8Array(3), 4),
  () => crypto.timingSafeEqual(Buffer.alloc(1), Buffer.alloc(2)),
  () => crypto.getRandomValues(new Float32Array(1)),
  () => crypto.getRandomValues(new Uint8Array(65537)),
]) {
  try {
    what();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
