'use strict';
const { generateKeyPairSync } = require('crypto');
const jwt = require('jsonwebtoken');

const claims = { sub: 'ann', iat: 1_700_000_000 };
console.log(jwt.sign(claims, 'secret'));
console.log(jwt.verify(jwt.sign(claims, 'secret', { algorithm: 'HS512' }), 'secret'));
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
for (const [algorithm, { publicKey, privateKey }] of [['RS256', rsa], ['PS384', rsa], ['ES256', ec]]) {
  const token = jwt.sign(claims, privateKey, { algorithm });
  console.log(algorithm, jwt.verify(token, publicKey), jwt.decode(token, { complete: true }).header);
  try {
    jwt.verify(`${token.slice(0, -5)}AAAAA`, publicKey);
  } catch (error) {
    console.log(error.name, error.message);
  }
}
try {
  jwt.verify(jwt.sign({ ...claims, exp: 1 }, 'secret'), 'secret');
} catch (error) {
  console.log(error.name, error.message, error.expiredAt);
}
