// Causes are printed, nested.
function low() {
  throw new RangeError('low level');
}
try {
  low();
} catch (cause) {
  throw new Error('high level', { cause: new Error('middle', { cause }) });
}
