// --throw-deprecation turns a deprecation into an uncaught error.
process.on('uncaughtException', (error) => console.log('uncaught', error.name, error.message, error.code));
process.emitWarning('old', 'DeprecationWarning', 'DEP_X');
console.log('main done');
