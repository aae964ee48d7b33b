// A failed system call in a promise, uncaught: no source line, as no script code threw.
require('fs/promises').readFile('/no/such/file');
