function double(n) {
  const result = n * 2;
  return [result, n].join(' ');
}
const names = Object.keys(process.env).filter((name) => name.startsWith('LOOPSCOPE_DEBUG'));
process.send({ said: double(21), names, argv: process.argv.slice(2), execArgv: process.execArgv });
process.once('message', () => process.exit(7));
