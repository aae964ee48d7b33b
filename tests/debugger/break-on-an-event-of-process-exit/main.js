process.on('exit', function bye(code) {
  console.log('bye', code);
});
setTimeout(function ends() {
  process.exit(3);
}, 1);
