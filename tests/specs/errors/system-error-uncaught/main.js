// A failed system call, uncaught.
require('fs').readFileSync('/no/such/file');
