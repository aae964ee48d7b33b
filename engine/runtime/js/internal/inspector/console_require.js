'use strict';

// What consoles of debuggers know as `require` where the code has no such name: modules as from the current folder.

let known;

function consoleRequire() {
  known ??= require('internal/modules/cjs').Module.createRequire(require('path').join(process.cwd(), '<inspector console>'));
  return known;
}

module.exports = { consoleRequire };
