// Key derivation, at once and on the pool, gives the same bytes.
const crypto = require('crypto');
console.log(crypto.pbkdf2Sync('secret', 'salt', 1000, 40, 'sha512').toString('hex'));
console.log(crypto.scryptSync('secret', 'salt', 40, { N: 64, r: 4, p: 2 }).toString('hex'));
console.log(Buffer.from(crypto.hkdfSync('sha256', 'secret', 'salt', 'info', 50)).toString('hex'));
const argon2 = { message: 'secret', nonce: Buffer.alloc(16, 1), parallelism: 2, tagLength: 24, memory: 64, passes: 2 };
for (const kind of ['argon2d', 'argon2i', 'argon2id']) console.log(kind, crypto.argon2Sync(kind, argon2).toString('hex'));
crypto.pbkdf2('secret', 'salt', 10, 20, 'md5', (error, key) => {
  console.log(error, key);
  crypto.hkdf('sha1', Buffer.from('secret'), new Uint8Array(3), '', 4, (error, key) => {
    console.log(error, key);
    crypto.scrypt('a', 'b', 0, (error, key) => console.log(error, key));
  });
});
const attempt = (what) => {
  try {
    what();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
};
attempt(() => crypto.pbkdf2Sync('a', 'b', 0, 1, 'sha1'));
attempt(() => crypto.pbkdf2Sync('a', 'b', 1, 1, 'nothing'));
attempt(() => crypto.pbkdf2('a', 'b', 1, 1, 'sha1'));
attempt(() => crypto.scryptSync('a', 'b', 1, { N: 3 }));
attempt(() => crypto.scryptSync('a', 'b', 1, { N: 2 ** 20 }));
attempt(() => crypto.scryptSync('a', 'b', 1, { N: 2, cost: 2 }));
attempt(() => crypto.hkdfSync('sha1', 'a', 'b', 'c', 255 * 20 + 1));
attempt(() => crypto.argon2Sync('argon2x', argon2));
