// ML-KEM: the owner of a key finds out the secret that somebody else made for it.
const crypto = require('crypto');
for (const [kind, last] of [['ml-kem-512', '01'], ['ml-kem-768', '02'], ['ml-kem-1024', '03']]) {
  const head = Buffer.from(`3054020100300b06096086480165030404${last}04428040`, 'hex');
  const secret = crypto.createPrivateKey({ key: Buffer.concat([head, Buffer.alloc(64, 6)]), format: 'der', type: 'pkcs8' });
  const open = crypto.createPublicKey(secret);
  const spki = open.export({ format: 'der', type: 'spki' });
  console.log(secret.asymmetricKeyType, spki.length, crypto.createHash('sha256').update(spki).digest('hex'));
  const { sharedKey, ciphertext } = crypto.encapsulate(open);
  console.log(sharedKey.length, ciphertext.length, crypto.decapsulate(secret, ciphertext).equals(sharedKey));
  ciphertext[0] ^= 1;
  console.log(crypto.decapsulate(secret, ciphertext).equals(sharedKey));
  console.log(crypto.decapsulate(secret, Buffer.alloc(ciphertext.length)).toString('hex'));
}
const pair = crypto.generateKeyPairSync('ml-kem-768', { publicKeyEncoding: { format: 'jwk' } });
console.log(Object.keys(pair.publicKey), pair.publicKey.alg);
crypto.encapsulate({ key: pair.publicKey, format: 'jwk' }, (error, { sharedKey, ciphertext }) => {
  crypto.decapsulate(pair.privateKey, ciphertext, (error, found) => console.log(error, found.equals(sharedKey)));
});
const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const made = crypto.encapsulate(rsa.publicKey);
console.log(made.sharedKey.length, crypto.decapsulate(rsa.privateKey, made.ciphertext).equals(made.sharedKey));
for (const what of [
  () => crypto.encapsulate(crypto.generateKeyPairSync('ed25519').publicKey),
  () => crypto.decapsulate(pair.privateKey, Buffer.alloc(3)),
  () => crypto.decapsulate(pair.privateKey, 3),
]) {
  try {
    console.log(what());
  } catch (error) {
    console.log(String(error), error.code);
  }
}
