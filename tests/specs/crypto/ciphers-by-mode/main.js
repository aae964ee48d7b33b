// Every mode encrypts to the same bytes as OpenSSL, and back again, whatever the pieces.
const { createCipheriv, createDecipheriv, getCipherInfo } = require('crypto');
const modes = [
  'aes-128-cbc', 'aes-192-cbc', 'aes-256-cbc', 'aes-128-ecb', 'aes-256-ctr', 'aes-128-cfb', 'aes-128-cfb8', 'aes-192-cfb1',
  'aes-256-ofb', 'aes-128-gcm', 'aes-256-gcm', 'aes-256-ccm', 'aes-128-ocb', 'chacha20', 'chacha20-poly1305', 'des-ede3-cbc',
  'des-ede3',
];
const message = Buffer.from('All the way down the loop and up again. '.repeat(5));
for (const mode of modes) {
  const info = getCipherInfo(mode);
  const key = Buffer.from(Array.from({ length: info.keyLength }, (_, i) => (i * 7 + 3) & 255));
  const iv = info.ivLength === undefined ? null : Buffer.alloc(info.ivLength, 9);
  const isAuthenticated = /gcm|ccm|ocb|poly/.test(mode);
  const options = isAuthenticated ? { authTagLength: 16 } : undefined;
  const step = /ccm/.test(mode) ? message.length : 23;
  const run = (cipher, data, tag) => {
    if (tag) cipher.setAuthTag(tag);
    if (isAuthenticated) cipher.setAAD(Buffer.from('header'), { plaintextLength: data.length });
    const parts = [];
    for (let i = 0; i < data.length; i += step) parts.push(cipher.update(data.subarray(i, i + step)));
    parts.push(cipher.final());
    return Buffer.concat(parts);
  };
  const cipher = createCipheriv(mode, key, iv, options);
  const secret = run(cipher, message);
  const tag = isAuthenticated ? cipher.getAuthTag() : undefined;
  console.log(mode, secret.toString('base64'), tag?.toString('hex') ?? '');
  console.log(run(createDecipheriv(mode, key, iv, options), secret, tag).equals(message));
}
