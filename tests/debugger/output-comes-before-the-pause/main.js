console.log('one');
process.stdout.write('two\n');
debugger;
console.log('three');
