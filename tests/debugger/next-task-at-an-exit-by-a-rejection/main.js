process.on('exit', function bye(code) {
  console.log('bye', code);
});
setTimeout(function rejects() {
  Promise.reject(new Error('nobody handles this'));
}, 1);
