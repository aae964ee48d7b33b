// What ciphers refuse, and with which words.
const { createCipheriv, createDecipheriv } = require('crypto');
const key = Buffer.alloc(16, 1);
const iv = Buffer.alloc(16, 2);
const attempt = (name, what) => {
  try {
    console.log(name, what());
  } catch (error) {
    console.log(name, error.name, error.code, error.message, error.library, error.reason);
  }
};
attempt('name', () => createCipheriv('nothing', key, iv));
attempt('key', () => createCipheriv('aes-256-cbc', key, iv));
attempt('iv', () => createCipheriv('aes-128-cbc', key, iv.subarray(1)));
attempt('no iv', () => createCipheriv('aes-128-cbc', key, null));
attempt('type', () => createCipheriv('aes-128-cbc', 5, iv));
const broken = (tag) => () => {
  const decipher = createDecipheriv('aes-128-gcm', key, iv.subarray(4));
  if (tag) decipher.setAuthTag(tag);
  decipher.update('00', 'hex');
  return decipher.final();
};
attempt('no tag', broken());
attempt('wrong tag', broken(key));
attempt('odd tag', broken(key.subarray(1, 12)));
attempt('padding', () => {
  const decipher = createDecipheriv('aes-128-cbc', key, iv);
  decipher.update(Buffer.alloc(32));
  return decipher.final();
});
attempt('half a block', () => {
  const decipher = createDecipheriv('aes-128-cbc', key, iv);
  decipher.update(Buffer.alloc(17));
  return decipher.final();
});
attempt('unpadded', () => createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false).update('x') && 0);
attempt('twice', () => {
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  cipher.final();
  return cipher.final();
});
attempt('late', () => {
  const cipher = createCipheriv('aes-128-cbc', key, iv);
  cipher.final();
  return cipher.update('x');
});
attempt('tag of cbc', () => createCipheriv('aes-128-cbc', key, iv).getAuthTag());
attempt('ccm without length', () => createCipheriv('aes-128-ccm', key, iv.subarray(4)));
attempt('ccm twice', () => {
  const cipher = createCipheriv('aes-128-ccm', key, iv.subarray(4), { authTagLength: 8 });
  cipher.update('x');
  return cipher.update('y');
});
attempt('encoding', () => {
  const cipher = createCipheriv('aes-128-ctr', key, iv);
  cipher.update('x', 'utf8', 'hex');
  return cipher.final('base64');
});
