// Every digest gives the same bytes as OpenSSL's, however the data arrives.
const crypto = require('crypto');
const names = [
  'md5', 'md5-sha1', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-224', 'sha512-256',
  'sha3-224', 'sha3-256', 'sha3-384', 'sha3-512', 'blake2b512', 'blake2s256', 'keccak-256', 'RSA-SHA256', 'SHA-512/256',
];
const data = Buffer.from('Loops within loops. '.repeat(40));
for (const name of names) {
  const whole = crypto.createHash(name).update(data).digest('hex');
  const pieces = crypto.createHash(name);
  for (let i = 0; i < data.length; i += 37) pieces.update(data.subarray(i, i + 37));
  console.log(name, whole, pieces.digest('hex') === whole);
}
for (const name of ['shake128', 'shake256']) {
  for (const outputLength of [0, 1, 16, 200]) {
    console.log(name, crypto.createHash(name, { outputLength }).update(data).digest('base64'));
  }
}
