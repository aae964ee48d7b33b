// ML-DSA: keys follow from a seed, signatures may have a context.
const crypto = require('crypto');
const seed = Buffer.alloc(32, 5);
for (const [kind, last] of [['ml-dsa-44', '11'], ['ml-dsa-65', '12'], ['ml-dsa-87', '13']]) {
  const key = Buffer.concat([Buffer.from(`3034020100300b06096086480165030403${last}04228020`, 'hex'), seed]);
  const secret = crypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  const open = crypto.createPublicKey(secret);
  const spki = open.export({ format: 'der', type: 'spki' });
  console.log(secret.asymmetricKeyType, spki.length, crypto.createHash('sha256').update(spki).digest('hex'));
  const jwk = secret.export({ format: 'jwk' });
  console.log(jwk.kty, jwk.alg, jwk.priv, crypto.createPrivateKey({ key: jwk, format: 'jwk' }).equals(secret));
  const message = Buffer.from('for years to come');
  const signature = crypto.sign(null, message, { key: secret, context: Buffer.from('c') });
  console.log(signature.length, crypto.verify(null, message, { key: open, context: Buffer.from('c') }, signature));
  console.log(crypto.verify(null, message, open, signature), crypto.verify(null, Buffer.from('x'), open, signature));
}
(async () => {
  const { subtle } = globalThis.crypto;
  const key = await subtle.importKey('raw-seed', seed, 'ML-DSA-44', true, ['sign']);
  const open = crypto.createPublicKey(crypto.KeyObject.from(key)).toCryptoKey('ML-DSA-44', true, ['verify']);
  const signature = await subtle.sign('ML-DSA-44', key, seed);
  console.log(key.algorithm, key.type, await subtle.verify('ML-DSA-44', open, signature, seed));
  console.log((await subtle.exportKey('raw-public', open)).byteLength, Object.keys(await subtle.exportKey('jwk', open)));
})();
