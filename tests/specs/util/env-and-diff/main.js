// parseEnv's quotes and comments, diff's order, styles inside of styles.
const util = require('util');
console.log(util.parseEnv('A=1\n\n  # x\nB = "a" # c\nC=\'x\nD=2\nE="q\\n\\t"\nF=`a\'b"c`\nexport I = 5\nJ=#c\nK="" x\nL==\nM=a#b\nN =\'\'\'\nO\nP="two\nlines"'));
for (const text of ['a-b', 'abcabba', 'cbabac']) console.log(JSON.stringify(util.diff(text, 'cbabac')), JSON.stringify(util.diff('xabcy', text)));
console.log(util.diff(['a', 'b', 'c', 'a'], ['b', 'c', 'd']));
const plain = { validateStream: false };
const show = (...args) => console.log(JSON.stringify(util.styleText(...args, plain)));
show('red', util.styleText('blue', 'b', plain));
show(['red', 'bold'], `a${util.styleText('dim', 'x', plain)}${util.styleText('green', 'y', plain)}z`);
show('#0a1b2c', `x${util.styleText('red', 'y', plain)}`);
show('bgRed', `a${util.styleText('bgBlue', 'b', plain)}c`);
for (const format of ['#12', '#ggg', 5]) try { show(format, 'x'); } catch (e) { console.log(e.code, e.message.slice(0, 60)); }
console.log(util.convertProcessSignalToExitCode('SIGTERM'), util.getSystemErrorMessage(-2));
