// The newer algorithms of `crypto.subtle`: KMAC, Argon2, ChaCha20-Poly1305, AES-OCB, SHA-3.
const { subtle } = globalThis.crypto;
const hex = (buffer) => Buffer.from(buffer).toString('hex');
const data = Buffer.from('round and round');
(async () => {
  for (const name of ['KMAC128', 'KMAC256']) {
    const key = await subtle.importKey('raw-secret', Buffer.alloc(20, 1), name, true, ['sign', 'verify']);
    const how = { name, outputLength: 200, customization: Buffer.from('for this') };
    const code = await subtle.sign(how, key, data);
    console.log(name, key.algorithm, hex(code), await subtle.verify(how, key, code, data));
    console.log(await subtle.exportKey('jwk', key));
  }
  const argon2 = { memory: 64, passes: 2, parallelism: 2, nonce: Buffer.alloc(16, 2) };
  for (const name of ['Argon2d', 'Argon2i', 'Argon2id']) {
    const password = await subtle.importKey('raw-secret', Buffer.from('password'), name, false, ['deriveBits']);
    console.log(name, hex(await subtle.deriveBits({ name, ...argon2 }, password, 256)));
  }
  for (const [name, bytes] of [['ChaCha20-Poly1305', 32], ['AES-OCB', 16]]) {
    const key = await subtle.importKey('raw-secret', Buffer.alloc(bytes, 3), name, false, ['encrypt', 'decrypt']);
    const how = { name, iv: Buffer.alloc(12, 4), additionalData: Buffer.from('head') };
    const secret = await subtle.encrypt(how, key, data);
    console.log(name, hex(secret), Buffer.from(await subtle.decrypt(how, key, secret)).toString());
  }
  console.log(hex(await subtle.digest('SHA3-256', data)));
})();
