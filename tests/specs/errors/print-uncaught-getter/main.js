// An error whose properties throw when they are read.
const error = new Error('odd');
Object.defineProperty(error, 'field', { enumerable: true, get() { throw new Error('getter'); } });
error[Symbol('s')] = 1;
throw error;
