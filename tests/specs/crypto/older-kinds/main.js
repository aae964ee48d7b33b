// Keys of kinds that are only still around: DSA and Diffie-Hellman in groups.
const crypto = require('crypto');
const dsa = crypto.generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
console.log(dsa.publicKey.asymmetricKeyType, dsa.publicKey.asymmetricKeyDetails);
const signature = crypto.sign('sha1', Buffer.from('old'), dsa.privateKey);
console.log(crypto.verify('sha1', Buffer.from('old'), dsa.publicKey, signature), crypto.verify('sha1', Buffer.from('new'), dsa.publicKey, signature));
const pem = dsa.privateKey.export({ type: 'pkcs8', format: 'pem' });
console.log(crypto.createPublicKey(pem).equals(dsa.publicKey));
const [a, b] = [crypto.generateKeyPairSync('dh', { group: 'modp5' }), crypto.generateKeyPairSync('dh', { group: 'modp5' })];
const one = crypto.diffieHellman({ privateKey: a.privateKey, publicKey: b.publicKey });
console.log(a.publicKey.asymmetricKeyType, one.length, one.equals(crypto.diffieHellman({ privateKey: b.privateKey, publicKey: a.publicKey })));
for (const what of [
  () => crypto.generateKeyPairSync('nothing', {}),
  () => crypto.generateKeyPairSync('dsa', {}),
  () => crypto.generateKeyPairSync('rsa', { modulusLength: 512, publicExponent: 1 }),
  () => crypto.generateKeyPairSync('ec', { namedCurve: 'nothing' }),
  () => crypto.generateKeyPairSync('rsa', { modulusLength: 512, publicKeyEncoding: { type: 'spki' } }),
  () => crypto.generateKeySync('aes', { length: 100 }),
  () => crypto.createPrivateKey('nothing'),
  () => crypto.createPrivateKey({ key: pem, format: 'der', type: 'spki' }),
  () => crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' }, format: 'jwk' }),
]) {
  try {
    console.log(what());
  } catch (error) {
    console.log(String(error), error.code);
  }
}
