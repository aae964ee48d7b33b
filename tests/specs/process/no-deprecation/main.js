// --no-deprecation silences deprecations, and only them.
process.emitWarning('old', 'DeprecationWarning', 'DEP_X');
process.emitWarning('other');
console.log(process.noDeprecation);
