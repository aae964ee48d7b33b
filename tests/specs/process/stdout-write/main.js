// write returns true, calls back, and keeps the order with console.log.
console.log(process.stdout.write('no newline'));
process.stdout.write('later callback\n', () => console.log('written'));
process.stdout.write(Buffer.from('bytes €\n'));
process.stdout.write('68657821\n', 'hex');
process.stdout.write('\nto stdout\n', 'latin1');
console.log(process.stdout.fd, process.stdout.isTTY, process.stdout.columns, process.stderr.fd);
try {
  process.stdout.write(42);
} catch (error) {
  console.log(error.code, error.message);
}
process.stdout.write('end\n', 'utf8', () => console.log('last'));
