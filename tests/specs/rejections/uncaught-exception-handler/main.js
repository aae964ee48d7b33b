// Without an unhandledRejection handler, uncaughtException gets the rejection with its origin.
process.on('uncaughtException', (error, origin) => console.log(error.message, origin));
Promise.reject(new Error('boom'));
setTimeout(() => Promise.reject('a string'), 1);
process.on('uncaughtException', (error) => console.log(error.code, error.name));
