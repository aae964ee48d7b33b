// Signatures that OpenSSL made with these keys.
const { createPrivateKey, createPublicKey, sign, verify } = require('crypto');
const ed = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'OKP', crv: 'Ed25519', d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
});
console.log(sign(null, Buffer.from('same every time'), ed).toString('hex'));
const rsa = createPrivateKey(`-----BEGIN PRIVATE KEY-----
MIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8wggE7AgEAAkEAq7BFUpkGp3+LQmlQ
Yx2eqzDV+xeG8kx/sQFV18S5JhzGeIJNA72wSeukEPojtqUyX2J0CciPBh7eqclQ
2zpAswIDAQABAkAgisq4+zRdrzkwH1ITV1vpytnkO/NiHcnePQiOW0VUybPyHoGM
/jf75C5xET7ZQpBe5kx5VHsPZj0CBb3b+wSRAiEA2mPWCBytosIU/ODRfq6EiV04
lt6waE7I2uSPqIC20LcCIQDJQYIHQII+3YaPqyhGgqMexuuuGx+lDKD6/Fu/JwPb
5QIhAKthiYcYKlL9h8bjDsQhZDUACPasjzdsDEdq8inDyLOFAiEAmCr/tZwA3qeA
ZoBzI10DGPIuoKXBd3nk/eBxPkaxlEECIHQ5LZ4kZxTKT+DOUZu8WwyFwfxZaQc9
L3BHNGDUCIyl
-----END PRIVATE KEY-----`);
const signature = sign('sha256', Buffer.from('same every time'), rsa);
console.log(signature.toString('hex'));
console.log(verify('sha256', Buffer.from('same every time'), createPublicKey(rsa), signature));
console.log(rsa.export({ type: 'pkcs1', format: 'der' }).toString('base64'));
console.log(createPublicKey(rsa).export({ format: 'jwk' }));
const curve = createPublicKey({
  format: 'jwk',
  key: {
    kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
  },
});
console.log(curve.asymmetricKeyDetails, curve.export({ type: 'spki', format: 'pem' }));
