// Ciphers in a pipeline: encrypted on the way in, decrypted on the way out, and an error where the tag is wrong.
const { createCipheriv, createDecipheriv } = require('crypto');
const { pipeline, Readable } = require('stream');
const { buffer } = require('stream/consumers');
const key = Buffer.alloc(32, 5);
const iv = Buffer.alloc(12, 6);
(async () => {
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const secret = await buffer(Readable.from(['round ', 'and ', 'round']).pipe(cipher));
  const tag = cipher.getAuthTag();
  console.log(secret, tag);
  const decipher = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(tag);
  console.log((await buffer(Readable.from([secret]).pipe(decipher))).toString());
  const wrong = createDecipheriv('aes-256-gcm', key, iv).setAuthTag(Buffer.alloc(16));
  wrong.resume();
  pipeline(Readable.from([secret]), wrong, (error) => console.log(error.message));
})();
