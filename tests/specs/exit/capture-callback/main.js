// setUncaughtExceptionCaptureCallback takes errors before the events.
process.on('uncaughtException', () => console.log('never'));
console.log(process.hasUncaughtExceptionCaptureCallback());
process.setUncaughtExceptionCaptureCallback((error) => console.log('captured', error.message));
console.log(process.hasUncaughtExceptionCaptureCallback());
setTimeout(() => console.log('goes on'), 1);
throw new Error('boom');
