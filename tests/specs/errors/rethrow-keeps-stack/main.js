// An error thrown again: the caret is where it was thrown last, the stack where it was made.
function make() {
  return new Error('made here');
}
const error = make();
try {
  throw error;
} catch (caught) {
  throw caught;
}
