// What `crypto.subtle` refuses, by name and code.
const { subtle } = globalThis.crypto;
const attempt = async (name, what) => {
  try {
    console.log(name, await what());
  } catch (error) {
    console.log(name, error.constructor.name, error.name, error.code, error.message);
  }
};
(async () => {
  const key = await subtle.importKey('raw', Buffer.alloc(16), 'AES-GCM', false, ['encrypt', 'decrypt']);
  const hmac = await subtle.generateKey({ name: 'HMAC', hash: 'SHA-1' }, true, ['sign']);
  const iv = Buffer.alloc(12);
  await attempt('name', () => subtle.generateKey('nothing', true, []));
  await attempt('usage', () => subtle.generateKey({ name: 'AES-CBC', length: 128 }, true, ['sign']));
  await attempt('no usage', () => subtle.generateKey({ name: 'AES-CBC', length: 128 }, true, []));
  await attempt('unknown usage', () => subtle.generateKey({ name: 'AES-CBC', length: 128 }, true, ['play']));
  await attempt('length', () => subtle.generateKey({ name: 'AES-CBC', length: 100 }, true, ['encrypt']));
  await attempt('parameters', () => subtle.generateKey({ name: 'ECDSA' }, true, ['sign']));
  await attempt('curve', () => subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-1' }, true, ['sign']));
  await attempt('raw length', () => subtle.importKey('raw', Buffer.alloc(5), 'AES-CBC', true, ['encrypt']));
  await attempt('format', () => subtle.importKey('paper', Buffer.alloc(16), 'AES-CBC', true, ['encrypt']));
  await attempt('jwk', () => subtle.importKey('jwk', { kty: 'RSA' }, 'AES-CBC', true, ['encrypt']));
  await attempt('export', () => subtle.exportKey('raw', key));
  await attempt('wrong key', () => subtle.encrypt({ name: 'AES-CBC', iv: Buffer.alloc(16) }, key, iv));
  await attempt('wrong use', () => subtle.verify('HMAC', hmac, iv, iv));
  await attempt('tag', () => subtle.decrypt({ name: 'AES-GCM', iv }, key, Buffer.alloc(20)));
  await attempt('tag length', () => subtle.encrypt({ name: 'AES-GCM', iv, tagLength: 9 }, key, iv));
  await attempt('data', () => subtle.encrypt({ name: 'AES-GCM', iv }, key, 'text'));
  await attempt('arguments', () => subtle.digest('SHA-1'));
  await attempt('this', () => subtle.digest.call({}, 'SHA-1', iv));
  await attempt('constructor', () => new CryptoKey());
})();
