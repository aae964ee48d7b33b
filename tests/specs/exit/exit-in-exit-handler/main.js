// process.exit within an exit handler changes the code and stops the other handlers.
process.on('exit', (code) => {
  console.log('first', code);
  process.exit(9);
});
process.on('exit', () => console.log('never'));
