// emitWarning: forms, codes, details; each deprecation code once.
process.on('warning', (w) => console.log(w.name, '|', w.message, '|', w.code, '|', w.detail));
process.emitWarning('plain');
process.emitWarning('named', 'CustomWarning');
process.emitWarning('coded', 'CustomWarning', 'W001');
process.emitWarning('with options', { type: 'OptionWarning', code: 'W002', detail: 'some detail' });
process.emitWarning('old', 'DeprecationWarning', 'DEP_X');
process.emitWarning('old', 'DeprecationWarning', 'DEP_X');
process.emitWarning(new Error('an error as warning'));
try {
  process.emitWarning(42);
} catch (error) {
  console.log(error.code, error.message);
}
console.log('main done');
