// What was written before process.exit arrives completely.
const line = 'x'.repeat(99) + '\n';
for (let i = 0; i < 20; i++) process.stdout.write(line);
console.error('error line');
process.exit(0);
