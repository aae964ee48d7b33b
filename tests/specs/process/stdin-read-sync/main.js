// readFileSync(0) reads standard input.
console.log(require('fs').readFileSync(0, 'utf8').toUpperCase());
