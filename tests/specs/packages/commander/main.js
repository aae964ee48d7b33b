'use strict';
const { Command, Option } = require('commander');

const make = () => {
  const program = new Command('tool').version('1.2.3').exitOverride();
  program.configureOutput({ writeOut: (text) => console.log(text), writeErr: (text) => console.log('err:', text) });
  program.option('-v, --verbose').addOption(new Option('-s, --size <size>').choices(['small', 'large']).default('small'));
  program.command('add <files...>').description('adds files').option('--dry').action((files, options) => console.log('add', files, options));
  program.command('clone <from> [to]').action((from, to) => console.log('clone', from, to));
  return program;
};
for (const args of [['add', 'a', 'b', '--dry'], ['clone', 'x'], ['--help'], ['-s', 'huge', 'clone', 'x'], ['nope'], ['--version'], ['add']]) {
  try {
    const program = make();
    program.parse(args, { from: 'user' });
    console.log(program.opts());
  } catch (error) {
    console.log(error.code, error.exitCode);
  }
}
