// Ed448 and X448: signatures and secrets that follow from the keys.
const crypto = require('crypto');
const ed = crypto.createPrivateKey({
  format: 'der', type: 'pkcs8',
  key: Buffer.concat([Buffer.from('3047020100300506032b6571043b0439', 'hex'), Buffer.alloc(57, 7)]),
});
console.log(ed.asymmetricKeyType, ed.export({ format: 'jwk' }));
const signature = crypto.sign(null, Buffer.from('same every time'), ed);
console.log(signature.toString('hex'), crypto.verify(null, Buffer.from('same every time'), ed, signature));
console.log(crypto.verify(null, Buffer.from('another time'), ed, signature));
const x = (byte) =>
  crypto.createPrivateKey({
    format: 'der', type: 'pkcs8',
    key: Buffer.concat([Buffer.from('3046020100300506032b656f043a0438', 'hex'), Buffer.alloc(56, byte)]),
  });
const [a, b] = [x(1), x(2)];
const shared = crypto.diffieHellman({ privateKey: a, publicKey: crypto.createPublicKey(b) });
console.log(shared.toString('hex'), shared.equals(crypto.diffieHellman({ privateKey: b, publicKey: crypto.createPublicKey(a) })));
const pair = crypto.generateKeyPairSync('x448', { publicKeyEncoding: { format: 'jwk' }, privateKeyEncoding: { format: 'jwk' } });
console.log(pair.publicKey.crv, Buffer.from(pair.privateKey.d, 'base64url').length);
