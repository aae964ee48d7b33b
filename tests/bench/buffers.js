// Text to bytes and back in the usual encodings, and pieces put together.
const text = 'The quick brown fox – jumps over the lazy dog. '.repeat(20);
const start = process.hrtime.bigint();
let length = 0;
for (let i = 0; i < 50_000; i++) {
  const bytes = Buffer.from(text, 'utf8');
  length += bytes.toString('utf8').length + bytes.toString('hex').length + bytes.toString('base64').length;
  length += Buffer.concat([bytes, bytes.subarray(10, 20)]).length;
}
if (length === 0) process.exit(1);
console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
