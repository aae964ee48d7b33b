// What one key signs, its other half verifies, and nothing else.
const crypto = require('crypto');
const { RSA_PKCS1_PSS_PADDING: PSS, RSA_PSS_SALTLEN_DIGEST, RSA_PSS_SALTLEN_MAX_SIGN } = crypto.constants;
const message = Buffer.from('as it was written');
const rsa = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const check = (name, digest, pair, options, length) => {
  const signature = crypto.sign(digest, message, { key: pair.privateKey, ...options });
  const key = { key: pair.publicKey, ...options };
  const wrong = Buffer.from(signature);
  wrong[wrong.length >> 1] ^= 4;
  console.log(
    name, length ?? signature.length, crypto.verify(digest, message, key, signature),
    crypto.verify(digest, message.subarray(1), key, signature), crypto.verify(digest, message, key, wrong),
  );
  if (digest === null) return;
  const streamed = crypto.createSign(digest).update('as it was ').update('written').sign({ key: pair.privateKey, ...options });
  console.log(crypto.createVerify(digest).update(message).verify(key, streamed));
};
for (const digest of ['sha1', 'sha256', 'sha512', 'sha3-256', 'md5']) check(`rsa ${digest}`, digest, rsa);
check('pss', 'sha256', rsa, { padding: PSS });
check('pss digest', 'sha256', rsa, { padding: PSS, saltLength: RSA_PSS_SALTLEN_DIGEST });
check('pss most', 'sha256', rsa, { padding: PSS, saltLength: RSA_PSS_SALTLEN_MAX_SIGN });
check('pss 5', 'sha384', rsa, { padding: PSS, saltLength: 5 });
for (const namedCurve of ['P-256', 'P-384', 'P-521', 'secp256k1']) {
  const pair = crypto.generateKeyPairSync('ec', { namedCurve });
  check(namedCurve, 'sha256', pair, {}, 'der');
  check(namedCurve, 'sha512', pair, { dsaEncoding: 'ieee-p1363' });
  check(namedCurve, 'sha1', pair, { dsaEncoding: 'ieee-p1363' });
}
check('ed25519', null, crypto.generateKeyPairSync('ed25519'));
crypto.sign('sha256', message, rsa.privateKey, (error, signature) => {
  crypto.verify('sha256', message, rsa.publicKey, signature, (error, isRight) => console.log('later', error, isRight));
});
