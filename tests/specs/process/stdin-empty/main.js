// Standard input that is at its end from the start.
process.stdin.on('data', () => console.log('never'));
process.stdin.on('end', () => console.log('end'));
process.stdin.resume();
