const fs = require('fs');
function load() { fs.readFile(__filename, loaded); }
function loaded(error, data) {
  debugger;
}
load();
