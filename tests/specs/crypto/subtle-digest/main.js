// Digests of `crypto.subtle` are ArrayBuffers; unknown names are refused.
const { subtle } = globalThis.crypto;
(async () => {
  for (const name of ['SHA-1', 'sha-256', 'SHA-384', { name: 'SHA-512' }]) {
    const bytes = await subtle.digest(name, new TextEncoder().encode('abc'));
    console.log(bytes instanceof ArrayBuffer, Buffer.from(bytes).toString('hex'));
  }
  const data = new Uint8Array([1, 2, 3]);
  const promise = subtle.digest('SHA-1', data);
  data.fill(0);
  console.log(Buffer.from(await promise).toString('hex'));
  await subtle.digest('MD5', data).catch((error) => console.log(error.name, error.code, error instanceof DOMException));
})();
