// why: soon
require('node:fs').readFile(__filename, function read() {
  setTimeout(function later() {}, 0);
  setImmediate(function soon() {});
});
