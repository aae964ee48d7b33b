// Errors with a code: name, code, message, stack's head, toString, and how they are inspected.
try {
  Buffer.alloc('x');
} catch (error) {
  console.log(error.name, error.code, error.toString(), error.stack.split('\n')[0]);
  console.log(Object.keys(error), error.constructor === TypeError, error instanceof TypeError);
  console.log(Object.getOwnPropertyNames(error));
}
try {
  require('fs').readFileSync('/missing');
} catch (error) {
  console.log(error.name, error.code, error.errno, error.syscall, error.path, error.toString());
  console.log(error.stack.split('\n')[0], Object.keys(error));
}
Buffer.alloc(-1);
