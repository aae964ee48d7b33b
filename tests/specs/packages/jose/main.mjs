import * as jose from 'jose';

for (const alg of ['HS256', 'RS256', 'PS256', 'ES256', 'EdDSA']) {
  const keys = alg === 'HS256' ? { privateKey: new Uint8Array(32).fill(7), publicKey: new Uint8Array(32).fill(7) } :
    await jose.generateKeyPair(alg, { extractable: true });
  const token = await new jose.SignJWT({ a: 1 }).setProtectedHeader({ alg }).setIssuer('me').sign(keys.privateKey);
  const { payload, protectedHeader } = await jose.jwtVerify(token, keys.publicKey, { issuer: 'me' });
  console.log(alg, payload, protectedHeader);
  console.log(await jose.jwtVerify(token, keys.publicKey, { issuer: 'you' }).catch((error) => error.code));
  if (alg !== 'HS256') console.log(Object.keys(await jose.exportJWK(keys.publicKey)).sort().join());
}
const secret = new Uint8Array(32).fill(1);
const sealed = await new jose.EncryptJWT({ s: 'x' }).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(secret);
console.log((await jose.jwtDecrypt(sealed, secret)).payload);
console.log(await jose.calculateJwkThumbprint({ kty: 'oct', k: 'AAEC' }));
