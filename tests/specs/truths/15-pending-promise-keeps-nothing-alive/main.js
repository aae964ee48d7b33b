// A promise that never settles does not keep the process alive; nor does an unref'd timer.
new Promise(() => {}).then(() => console.log('never'));
setTimeout(() => console.log('never either'), 60_000).unref();
process.on('exit', (code) => console.log('exit', code));
