// What `crypto.subtle` signs it verifies, what it encrypts it decrypts; known keys give known bytes.
const { subtle } = globalThis.crypto;
const hex = (buffer) => Buffer.from(buffer).toString('hex');
const data = Buffer.from('around the clock');
const aes = (name, usages = ['encrypt', 'decrypt']) => subtle.importKey('raw', Buffer.alloc(16, 3), name, false, usages);
(async () => {
  const hmac = await subtle.importKey('raw', Buffer.from('key'), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const code = await subtle.sign('HMAC', hmac, data);
  console.log('HMAC', hex(code), await subtle.verify('HMAC', hmac, code, data), await subtle.verify('HMAC', hmac, data, data));
  for (const algorithm of [
    { name: 'AES-CBC', iv: Buffer.alloc(16, 1) },
    { name: 'AES-CTR', counter: Buffer.alloc(16, 255), length: 3 },
    { name: 'AES-GCM', iv: Buffer.alloc(12, 1) },
    { name: 'AES-GCM', iv: Buffer.alloc(20, 1), additionalData: Buffer.from('head'), tagLength: 96 },
  ]) {
    const key = await aes(algorithm.name);
    const secret = await subtle.encrypt(algorithm, key, Buffer.concat([data, data, data]));
    console.log(algorithm.name, hex(secret), Buffer.from(await subtle.decrypt(algorithm, key, secret)).toString());
  }
  const pairs = [
    [{ name: 'ECDSA', namedCurve: 'P-384' }, { name: 'ECDSA', hash: 'SHA-256' }],
    ['Ed25519', 'Ed25519'],
    [{ name: 'RSA-PSS', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, { name: 'RSA-PSS', saltLength: 20 }],
  ];
  for (const [algorithm, how] of pairs) {
    const { publicKey, privateKey } = await subtle.generateKey(algorithm, false, ['sign', 'verify']);
    const signature = await subtle.sign(how, privateKey, data);
    console.log(how.name ?? how, signature.byteLength, await subtle.verify(how, publicKey, signature, data));
    console.log(await subtle.verify(how, publicKey, signature, data.subarray(1)));
  }
  const password = await subtle.importKey('raw', Buffer.from('password'), 'PBKDF2', false, ['deriveBits', 'deriveKey']);
  const pbkdf2 = { name: 'PBKDF2', hash: 'SHA-256', salt: Buffer.from('salt'), iterations: 100 };
  console.log('PBKDF2', hex(await subtle.deriveBits(pbkdf2, password, 160)));
  const hkdf = await subtle.importKey('raw', Buffer.from('secret'), 'HKDF', false, ['deriveBits']);
  const how = { name: 'HKDF', hash: 'SHA-512', salt: Buffer.alloc(3), info: Buffer.from('info') };
  console.log('HKDF', hex(await subtle.deriveBits(how, hkdf, 256)));
  const derived = await subtle.deriveKey(pbkdf2, password, { name: 'AES-KW', length: 256 }, true, ['wrapKey', 'unwrapKey']);
  const wrapped = await subtle.wrapKey('raw', await subtle.importKey('raw', Buffer.alloc(16, 9), 'AES-CBC', true, ['encrypt']), derived, 'AES-KW');
  const back = await subtle.unwrapKey('raw', wrapped, derived, 'AES-KW', 'AES-CBC', true, ['decrypt']);
  console.log('AES-KW', hex(wrapped), hex(await subtle.exportKey('raw', back)), back.usages);
  const [a, b] = [await subtle.generateKey('X25519', false, ['deriveBits']), await subtle.generateKey('X25519', false, ['deriveBits'])];
  const one = await subtle.deriveBits({ name: 'X25519', public: b.publicKey }, a.privateKey, 100);
  const other = await subtle.deriveBits({ name: 'X25519', public: a.publicKey }, b.privateKey, 100);
  console.log('X25519', one.byteLength, hex(one) === hex(other));
})();
