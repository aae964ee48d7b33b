// Keys of `crypto.subtle`: made, written and read again, with what they may be used for.
const { subtle } = globalThis.crypto;
const kinds = [
  [{ name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }, ['sign', 'verify']],
  [{ name: 'RSA-PSS', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'sha-384' }, ['sign', 'verify']],
  [{ name: 'rsa-oaep', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-1' }, ['decrypt', 'encrypt']],
  [{ name: 'ECDSA', namedCurve: 'P-256' }, ['sign', 'verify']],
  [{ name: 'ECDH', namedCurve: 'P-521' }, ['deriveBits']],
  ['Ed25519', ['verify', 'sign']],
  ['X25519', ['deriveKey', 'deriveBits']],
];
(async () => {
  for (const [algorithm, usages] of kinds) {
    const { publicKey, privateKey } = await subtle.generateKey(algorithm, true, usages);
    console.log(privateKey.algorithm, privateKey.usages, publicKey.usages, publicKey.extractable);
    for (const [format, key] of [['pkcs8', privateKey], ['spki', publicKey], ['jwk', privateKey], ['jwk', publicKey]]) {
      const data = await subtle.exportKey(format, key);
      const back = await subtle.importKey(format, data, key.algorithm, true, key.usages);
      const again = await subtle.exportKey(format, back);
      const shown = format === 'jwk' ? `${Object.keys(data)} ${data.alg}` : data.constructor.name;
      console.log(format, shown, JSON.stringify(again) === JSON.stringify(data), back.type);
    }
  }
  for (const [algorithm, usages] of [
    [{ name: 'AES-GCM', length: 256 }, ['encrypt', 'decrypt']], [{ name: 'AES-KW', length: 128 }, ['wrapKey']],
    [{ name: 'HMAC', hash: 'SHA-512' }, ['sign']], [{ name: 'HMAC', hash: 'SHA-1', length: 40 }, ['verify', 'sign']],
  ]) {
    const key = await subtle.generateKey(algorithm, true, usages);
    const jwk = await subtle.exportKey('jwk', key);
    console.log(key, jwk.alg, jwk.kty, jwk.key_ops, (await subtle.exportKey('raw', key)).byteLength);
  }
})();
