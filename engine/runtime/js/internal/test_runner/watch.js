'use strict';

// `--test --watch`: runs the tests again when one of their files changes. The runner is a process of its own each time; it
// and the files that it runs tell by messages what they have loaded.

const SETTLE_MS = 200;

/** Begins; never returns to the program. */
function run() {
  const { spawn } = require('child_process');
  const { watch } = require('fs');
  const path = require('path');
  const options = process.execArgv.filter((flag) => !/^--watch(?:-preserve-output)?$/.test(flag));
  const files = new Set();
  const folders = new Set();
  let child;
  let timer;

  function note(file) {
    if (files.has(file)) return;
    files.add(file);
    const folder = path.dirname(file);
    if (folders.has(folder)) return;
    folders.add(folder);
    const watcher = watch(folder, (_kind, name) => {
      if (!files.has(path.join(folder, String(name ?? '')))) return;
      clearTimeout(timer);
      timer = setTimeout(restart, SETTLE_MS);
    });
    watcher.on('error', () => {});
  }

  function start() {
    const own = spawn(process.execPath, [...options, ...process.argv.slice(1)], {
      env: { ...process.env, WATCH_REPORT_DEPENDENCIES: '1' }, stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    });
    child = own;
    own.on('message', (message) => {
      for (const file of message?.['watch:require'] ?? []) note(file);
    });
    own.on('exit', () => {
      if (child === own) child = undefined;
    });
  }

  function restart() {
    const again = () => {
      process.stdout.write(`\nRestarted at ${new Date().toLocaleString()}\n\n`);
      start();
    };
    if (child === undefined) {
      again();
      return;
    }
    child.once('exit', again);
    child.kill('SIGTERM');
  }

  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      child?.kill(signal);
      process.exit();
    });
  }
  start();
}

module.exports = { run };
