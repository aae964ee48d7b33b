// RSA keeps short messages, with every padding.
const crypto = require('crypto');
const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const { RSA_PKCS1_PADDING, RSA_PKCS1_OAEP_PADDING, RSA_NO_PADDING } = crypto.constants;
const message = Buffer.from('in few words');
for (const options of [
  {}, { padding: RSA_PKCS1_PADDING }, { padding: RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' },
  { oaepHash: 'sha384', oaepLabel: Buffer.from('label') },
]) {
  const secret = crypto.publicEncrypt({ key: publicKey, ...options }, message);
  console.log(secret.length, crypto.privateDecrypt({ key: privateKey, ...options }, secret).toString());
}
const block = Buffer.concat([Buffer.alloc(128 - message.length), message]);
const raw = crypto.publicEncrypt({ key: publicKey, padding: RSA_NO_PADDING }, block);
console.log(crypto.privateDecrypt({ key: privateKey, padding: RSA_NO_PADDING }, raw).equals(block));
console.log(crypto.publicDecrypt(publicKey, crypto.privateEncrypt(privateKey, message)).toString());
for (const what of [
  () => crypto.publicEncrypt(publicKey, Buffer.alloc(100)),
  () => crypto.privateDecrypt(privateKey, Buffer.alloc(128)),
  () => crypto.privateDecrypt({ key: privateKey, oaepLabel: Buffer.from('x') }, crypto.publicEncrypt(publicKey, message)),
  () => crypto.publicEncrypt({ key: publicKey, padding: RSA_NO_PADDING }, message),
  () => crypto.privateDecrypt(publicKey, message),
  () => crypto.publicEncrypt({ key: publicKey, oaepHash: 'nothing' }, message),
]) {
  try {
    console.log(what());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
