// An uncaught error: the source line with a caret, the stack, the version.
function level1() {
  level2('argument');
}
const level2 = (arg) => {
  throw new Error(`failed with ${arg}`);
};
level1();
