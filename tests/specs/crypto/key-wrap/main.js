// AES key wrap, with and without padding.
const { createCipheriv, createDecipheriv } = require('crypto');
for (const [mode, iv, key] of [
  ['aes128-wrap', 'a6a6a6a6a6a6a6a6', Buffer.alloc(24, 7)],
  ['id-aes256-wrap', 'a6a6a6a6a6a6a6a6', Buffer.alloc(16, 7)],
  ['id-aes192-wrap-pad', 'a65959a6', Buffer.alloc(21, 8)],
  ['aes256-wrap-pad', 'a65959a6', Buffer.alloc(7, 8)],
]) {
  const size = Number(/\d+/.exec(mode)[0]) / 8;
  const wrapped = createCipheriv(mode, Buffer.alloc(size, 1), Buffer.from(iv, 'hex')).update(key);
  console.log(mode, wrapped.toString('hex'));
  console.log(createDecipheriv(mode, Buffer.alloc(size, 1), Buffer.from(iv, 'hex')).update(wrapped).equals(key));
  wrapped[3] ^= 1;
  try {
    createDecipheriv(mode, Buffer.alloc(size, 1), Buffer.from(iv, 'hex')).update(wrapped);
  } catch (error) {
    console.log(error.message);
  }
}
