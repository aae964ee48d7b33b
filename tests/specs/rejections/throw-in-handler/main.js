// An error in an unhandledRejection handler is an uncaught exception.
process.on('unhandledRejection', () => {
  throw new Error('in the handler');
});
Promise.reject(new Error('original'));
