// --unhandled-rejections=warn prints warnings and goes on.
Promise.reject(new Error('warned'));
setTimeout(() => console.log('still here'), 5);
process.on('exit', (code) => console.log('exit', code));
