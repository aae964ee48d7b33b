'use strict';

// Lines that were typed in earlier sessions, the newest first, in a file (https://nodejs.org/api/repl.html#environment-variable-options).

const fs = require('fs');
const os = require('os');
const path = require('path');

const SAVE_DELAY = 15;
const UNAVAILABLE = '\nREPL session history will not be persisted.\n';

/** The file, or undefined when there shall be none. */
function fileOf(asked) {
  if (asked === '') return undefined;
  if (typeof asked === 'string') return asked.trim() === '' ? undefined : asked.trim();
  try {
    return path.join(os.homedir(), '.node_repl_history');
  } catch {
    return undefined;
  }
}

/** Reads the history of a REPL and keeps it; calls back with an error or the REPL. */
function setUp(repl, asked, ready) {
  const file = fileOf(asked);
  if (file === undefined) {
    ready(null, repl);
    return;
  }
  let text;
  try {
    fs.closeSync(fs.openSync(file, 'a+', 0o600));
    text = fs.readFileSync(file, 'utf8');
  } catch {
    repl.output.write(`\nError: Could not open history file.${UNAVAILABLE}`);
    repl.displayPrompt();
    ready(null, repl);
    return;
  }
  repl.history = text.split(/\r?\n/).filter((line) => line !== '').map((line) => line.replaceAll('\r', '\n')).slice(0, repl.historySize);
  let timer;
  const save = () => {
    timer = undefined;
    try {
      fs.writeFileSync(file, repl.history.map((entry) => entry.replaceAll('\n', '\r')).join(os.EOL), { mode: 0o600 });
    } catch {
      // The folder is gone or full; the session goes on.
    }
  };
  repl.on('line', () => {
    timer ??= setTimeout(save, SAVE_DELAY).unref();
  });
  repl.on('exit', () => {
    if (timer === undefined) return;
    clearTimeout(timer);
    save();
  });
  ready(null, repl);
}

module.exports = { setUp };
