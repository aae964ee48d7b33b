// uncaughtExceptionMonitor sees the error, but does not handle it.
process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin));
process.on('exit', (code) => console.log('exit', code));
throw new TypeError('seen');
