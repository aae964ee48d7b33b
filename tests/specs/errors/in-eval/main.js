// An uncaught error in text that was evaluated.
const source = `
function fromEval() {
  throw new Error('in evaluated text');
}
fromEval();
//# sourceURL=evaluated-text.js`;
try {
  eval('null.property');
} catch (error) {
  console.log(error.message, error.stack.split('\n')[1].trim().replaceAll(__dirname, '.'));
}
try {
  eval('let a = ;');
} catch (error) {
  console.log(error.name, error.message, error.stack.split('\n')[1].includes(__filename));
}
try {
  new Function('return missingName')();
} catch (error) {
  console.log(error.message, error.stack.split('\n')[1].trim().replaceAll(__dirname, '.'));
}
try {
  new Function('a', 'return a +');
} catch (error) {
  console.log(error.name, error.message);
}
(0, eval)(source);
