// A digest is a stream: what is written goes in, the digest comes out at the end.
const { createHash, createHmac } = require('crypto');
const { pipeline, Readable } = require('stream');
const digest = createHash('sha1');
pipeline(Readable.from(['one', 'two', 'three']), digest, (error) => {
  console.log('piped', error, digest.read().toString('hex'));
  const hmac = createHmac('sha1', 'key').setEncoding('base64');
  hmac.on('data', (text) => console.log('text', text));
  hmac.on('end', () => console.log('end', typeof hmac._writableState));
  hmac.write('a');
  hmac.end('b');
});
