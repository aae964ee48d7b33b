// A failed system call in a callback, thrown on.
require('fs').readFile('/no/such/file', (error) => {
  console.log(error.stack);
  throw error;
});
