// Diffie-Hellman in the known groups and in one's own.
const crypto = require('crypto');
for (const name of ['modp1', 'modp2', 'modp5', 'modp14', 'modp15', 'modp16', 'modp17', 'modp18']) {
  const group = crypto.getDiffieHellman(name);
  const prime = group.getPrime();
  console.log(name, prime.length, crypto.createHash('sha256').update(prime).digest('hex'), group.getGenerator('hex'), group.verifyError);
}
const alice = crypto.getDiffieHellman('modp5');
const bob = crypto.createDiffieHellman(alice.getPrime(), alice.getGenerator());
alice.generateKeys();
bob.generateKeys();
console.log(alice.computeSecret(bob.getPublicKey()).equals(bob.computeSecret(alice.getPublicKey('hex'), 'hex')));
for (const what of [
  () => crypto.getDiffieHellman('nothing'),
  () => crypto.createDiffieHellman(100),
  () => crypto.createDiffieHellman({}),
  () => crypto.createDiffieHellman(alice.getPrime()).getPublicKey(),
  () => alice.computeSecret(Buffer.from([1])),
  () => alice.computeSecret(alice.getPrime()),
]) {
  try {
    console.log(what());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
