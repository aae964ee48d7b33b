// What `stack` says is printed.
const error = new Error('original');
error.stack = 'a stack of my own\n    at nowhere';
throw error;
