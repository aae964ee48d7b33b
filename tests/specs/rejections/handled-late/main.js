// A handler attached later emits rejectionHandled.
process.on('unhandledRejection', (reason, promise) => console.log('unhandled', reason.message, promise === p));
process.on('rejectionHandled', (promise) => console.log('handled late', promise === p));
const p = Promise.reject(new Error('late'));
setImmediate(() => p.catch((e) => console.log('catch', e.message)));
