// Keys of every kind leave and come back in every form.
const crypto = require('crypto');
const kinds = [
  ['rsa', { modulusLength: 1024 }], ['rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', saltLength: 32 }],
  ['ec', { namedCurve: 'P-256' }], ['ec', { namedCurve: 'P-384' }], ['ec', { namedCurve: 'secp521r1' }],
  ['ec', { namedCurve: 'secp256k1' }], ['ed25519'], ['x25519'],
];
for (const [kind, options] of kinds) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(kind, options);
  console.log(kind, publicKey.type, privateKey.type, privateKey.asymmetricKeyType, publicKey.asymmetricKeyDetails);
  const forms = [
    { type: 'pkcs8', format: 'pem' }, { type: 'pkcs8', format: 'der' },
    { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' },
  ];
  if (kind === 'rsa') forms.push({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'open' });
  if (kind === 'rsa') forms.push({ type: 'pkcs1', format: 'der' });
  if (kind === 'ec') forms.push({ type: 'sec1', format: 'pem' });
  if (kind !== 'rsa-pss') forms.push({ format: 'jwk' });
  for (const form of forms) {
    const key = privateKey.export(form);
    const back = crypto.createPrivateKey({ ...form, key });
    console.log(form.type, form.format, back.equals(privateKey), crypto.createPublicKey(back).equals(publicKey));
  }
  const open = publicKey.export({ type: 'spki', format: 'pem' });
  console.log(open.split('\n')[0], crypto.createPublicKey(open).equals(publicKey), publicKey.equals(privateKey));
}
const secret = crypto.createSecretKey('736563726574', 'hex');
console.log(secret.type, secret.symmetricKeySize, secret.export(), secret.export({ format: 'jwk' }));
