// Start-up with one line of output.
console.log('hello');
