// --unhandled-rejections=warn-with-error-code warns and sets the exit code.
Promise.reject(new Error('coded'));
process.on('exit', (code) => console.log('exit', code, process.exitCode));
