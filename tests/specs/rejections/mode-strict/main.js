// --unhandled-rejections=strict raises them as uncaught exceptions first.
process.on('unhandledRejection', (reason) => console.log('rejection handler', reason.message));
process.on('uncaughtException', (error, origin) => console.log('exception handler', error.message, origin));
Promise.reject(new Error('strict'));
