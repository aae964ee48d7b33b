// What stands in a certificate, and for whom it is.
const { X509Certificate, createPublicKey } = require('crypto');
const pem = `-----BEGIN CERTIFICATE-----
MIICRjCCAe2gAwIBAgIUeEs41WVWISLDuixFzSJ9yUFqwuwwCgYIKoZIzj0EAwIw
ODELMAkGA1UEBhMCQ0gxEjAQBgNVBAoMCUxvb3AsIEx0ZDEVMBMGA1UEAwwMbG9v
cC5leGFtcGxlMCAXDTI2MTEyNjIxMDU1MFoYDzIxMjYxMTAyMjEwNTUwWjA4MQsw
CQYDVQQGEwJDSDESMBAGA1UECgwJTG9vcCwgTHRkMRUwEwYDVQQDDAxsb29wLmV4
YW1wbGUwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATlEfWVgc0vp0qovyVwkhKG
pmEXApwOK8b0KvPFLeZn05HQjXla2Wv3YsINx5vqlkt26TU67u/qR5vq2wfWPWfi
o4HSMIHPMB0GA1UdDgQWBBTmHEjj26KFbKIEmDYN3OYQXvFpZjAfBgNVHSMEGDAW
gBTmHEjj26KFbKIEmDYN3OYQXvFpZjAPBgNVHRMBAf8EBTADAQH/MGcGA1UdEQRg
MF6CDGxvb3AuZXhhbXBsZYIOKi5sb29wLmV4YW1wbGWHBH8AAAGHEAAAAAAAAAAA
AAAAAAAAAAGBD21lQGxvb3AuZXhhbXBsZYYVaHR0cHM6Ly9sb29wLmV4YW1wbGUv
MBMGA1UdJQQMMAoGCCsGAQUFBwMBMAoGCCqGSM49BAMCA0cAMEQCIAubGoMyLIQl
U2J/qQoUWN/8SAKMqJSo9mz67woX2SNWAiAp+smZw7Ms3BB7JSfho+pIoOT9z4sd
BZgkqwziie7HLQ==
-----END CERTIFICATE-----
`;
const certificate = new X509Certificate(pem);
console.log(certificate);
console.log(certificate.ca, certificate.publicKey.asymmetricKeyType, certificate.toString() === pem);
console.log(certificate.verify(certificate.publicKey), certificate.checkIssued(certificate));
for (const host of ['loop.example', 'LOOP.example', 'a.loop.example', 'a.b.loop.example', 'other.example', '.loop.example']) {
  console.log(host, certificate.checkHost(host), certificate.checkHost(host, { wildcards: false }));
}
console.log(certificate.checkEmail('me@loop.example'), certificate.checkEmail('Me@loop.example'));
console.log(certificate.checkIP('127.0.0.1'), certificate.checkIP('127.0.0.2'), certificate.checkIP('::1'));
console.log(createPublicKey(pem).equals(certificate.publicKey));
console.log(certificate.toLegacyObject());
try {
  new X509Certificate('nothing');
} catch (error) {
  console.log(error.code, error.message);
}
