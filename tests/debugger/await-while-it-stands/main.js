const later = new Promise((done) => setTimeout(done, 1, 'done'));
debugger;
later.then(() => {
  debugger;
});
