// time, timeLog and timeEnd, with their numbers taken out.
const lines = [];
const write = process.stdout.write;
process.stdout.write = (text) => lines.push(text.replace(/[\d.]+(ms|s)\b/, 'N'));
console.time('a');
console.timeLog('a', 'extra', { x: 1 });
console.timeEnd('a');
console.time();
console.timeEnd();
process.stdout.write = write;
console.log(lines);
