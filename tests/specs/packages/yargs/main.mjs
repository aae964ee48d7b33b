import yargs from 'yargs';

const parser = yargs()
  .scriptName('tool')
  .command('serve [port]', 'starts', (y) => y.positional('port', { type: 'number', default: 80 }), (argv) => console.log('serve', argv.port, argv.open))
  .option('open', { alias: 'o', type: 'boolean', describe: 'open it' })
  .option('level', { choices: ['low', 'high'] })
  .demandCommand(1)
  .strict()
  .locale('en')
  .exitProcess(false);
for (const args of ['serve 8080 -o', 'serve', '--help', 'serve --level mid', 'unknown', '']) {
  await parser.parse(args.split(' ').filter(Boolean), (error, argv, output) => {
    console.log([args, error?.message, argv._, output]);
  });
}
