// What goes to standard output and what to standard error.
console.log('log');
console.info('info');
console.debug('debug');
console.warn('warn');
console.error('error');
console.error(new Error('an error').message, { a: 1 });
console.log();
console.error();
