import chalk, { Chalk } from 'chalk';

const forced = new Chalk({ level: 3 });
for (const text of [forced.red('red'), forced.bold.underline.bgBlue('loud'), forced.hex('#ff8800')('orange'), forced.green(`a ${forced.red('b')} c`), forced.rgb(1, 2, 3).bgAnsi256(200)('mixed\ntwo lines')]) console.log(JSON.stringify(text));
console.log(chalk.level, chalk.red('plain'), new Chalk({ level: 1 }).hex('#00ff00')('near'));
