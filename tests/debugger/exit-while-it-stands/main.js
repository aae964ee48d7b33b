process.on('exit', (code) => console.log('exit', code));
debugger;
console.log('not reached');
