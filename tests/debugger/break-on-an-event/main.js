setTimeout(function a() { console.log('a'); }, 5);
process.on('beforeExit', function last() { console.log('last'); });
process.on('exit', function bye() { console.log('bye'); });
