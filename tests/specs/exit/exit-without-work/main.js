// An empty program: beforeExit and exit come once each.
process.once('beforeExit', () => console.log('beforeExit'));
process.once('exit', () => console.log('exit'));
