// why: later
let rounds = 0;
process.on('beforeExit', function last() {
  if (rounds++ === 0) setTimeout(function later() {}, 1);
});
process.on('exit', function leaves() {});
