// An error in an I/O callback.
require('fs').readFile(__filename, 'utf8', (error, text) => {
  text.missingMethod();
});
