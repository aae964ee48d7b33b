// Two sides with each other's public keys come to the same secret.
const crypto = require('crypto');
for (const [kind, options] of [['ec', { namedCurve: 'P-256' }], ['ec', { namedCurve: 'P-521' }], ['x25519']]) {
  const [a, b] = [crypto.generateKeyPairSync(kind, options), crypto.generateKeyPairSync(kind, options)];
  const one = crypto.diffieHellman({ privateKey: a.privateKey, publicKey: b.publicKey });
  const other = crypto.diffieHellman({ privateKey: b.privateKey, publicKey: a.publicKey });
  console.log(kind, one.length, one.equals(other));
}
const alice = crypto.createECDH('secp256k1');
const bob = crypto.createECDH('secp256k1');
alice.setPrivateKey('11'.repeat(32), 'hex');
bob.setPrivateKey('22'.repeat(32), 'hex');
console.log(alice.getPublicKey('hex', 'compressed'), bob.getPublicKey('base64'), alice.getPublicKey('hex', 'hybrid').slice(0, 2));
console.log(alice.computeSecret(bob.getPublicKey(null, 'compressed'), null, 'hex'));
console.log(bob.computeSecret(alice.getPublicKey('hex'), 'hex', 'hex'));
console.log(crypto.ECDH.convertKey(alice.getPublicKey('hex'), 'secp256k1', 'hex', 'hex', 'compressed'));
for (const what of [
  () => crypto.createECDH('nothing'),
  () => crypto.createECDH('prime256v1').getPublicKey(),
  () => alice.computeSecret(Buffer.alloc(33)),
  () => alice.setPrivateKey(Buffer.alloc(32)),
  () => alice.getPublicKey('hex', 'nothing'),
]) {
  try {
    console.log(what());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
