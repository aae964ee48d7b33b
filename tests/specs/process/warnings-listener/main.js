'use strict';
console.log(process.listenerCount('warning'));
process.removeAllListeners('warning');
process.on('warning', (warning) => console.log('told of', warning.message));
process.emitWarning('quiet');
