// An error without a stack.
const error = new Error('no stack');
error.stack = undefined;
throw error;
