'use strict';

// `--watch`: runs a script and starts it again when one of its files changes
// (https://nodejs.org/api/cli.html#--watch). The script tells by messages which files it loaded.

const { isOn, valueOf, valuesOf } = require('internal/options');

const SETTLE_MS = 200;
const CLEAR = '\x1Bc';

/** The options of this program without those of watching. */
function childOptions() {
  const kept = [];
  const given = process.execArgv;
  for (let i = 0; i < given.length; i++) {
    if (/^--watch-(?:path|kill-signal)$/.test(given[i])) i += 1;
    else if (!/^--watch(?:-[a-z-]+)?(?:=|$)/.test(given[i])) kept.push(given[i]);
  }
  return kept;
}

/** Watches the script that the first argument names. */
function run() {
  const { watch } = require('fs');
  const path = require('path');
  const { spawn } = require('child_process');
  const { styleText } = require('util');
  const args = process.argv.slice(1);
  const shown = `'${args.join(' ')}'`;
  const killSignal = valueOf('--watch-kill-signal') ?? 'SIGTERM';
  const paths = valuesOf('--watch-path').map((one) => path.resolve(one));
  const say = (colour, text) => process.stdout.write(`${styleText(colour, text, { stream: process.stdout })}\n`);
  const watchers = new Map();
  const files = new Set();
  let child;
  let timer;
  let restarting = false;
  let latest = '';

  function changed(file) {
    if (paths.length === 0 && !files.has(file)) return;
    latest = file;
    clearTimeout(timer);
    timer = setTimeout(restart, SETTLE_MS);
  }

  function watchFolder(folder, recursive) {
    if (watchers.has(folder)) return;
    const watcher = watch(folder, { recursive }, (kind, name) => changed(path.join(folder, String(name ?? ''))));
    watcher.on('error', () => {});
    watchers.set(folder, watcher);
  }

  function note(file) {
    if (paths.length > 0 || files.has(file)) return;
    files.add(file);
    watchFolder(path.dirname(file), false);
  }

  function start() {
    const env = { ...process.env, WATCH_REPORT_DEPENDENCIES: '1' };
    const stdio = ['inherit', 'inherit', 'inherit', 'ipc'];
    child = spawn(process.execPath, [...childOptions(), ...args], { env, stdio });
    const own = child;
    own.on('message', (message) => {
      for (const file of message?.['watch:require'] ?? []) note(file);
    });
    own.on('exit', (code) => {
      if (own !== child) return;
      child = undefined;
      if (restarting) return;
      if (code === 0) say('blue', `Completed running ${shown}. Waiting for file changes before restarting...`);
      else say('red', `Failed running ${shown}. Waiting for file changes before restarting...`);
    });
  }

  function begin() {
    restarting = false;
    if (!isOn('--watch-preserve-output') && process.stdout.isTTY) process.stdout.write(CLEAR);
    process.stdout.write(`Change detected in '${latest}'\n`);
    say('green', `Restarting ${shown}`);
    start();
  }

  function restart() {
    if (restarting) return;
    if (child === undefined) {
      begin();
      return;
    }
    restarting = true;
    child.once('exit', begin);
    child.kill(killSignal);
  }

  for (const one of paths) {
    if (ops.module_kind(one) === 1) watchFolder(one, true);
    else watchFolder(path.dirname(one), false);
  }
  if (args.length > 0) note(path.resolve(args[0]));
  for (const signal of ['SIGTERM', 'SIGINT']) {
    process.once(signal, () => {
      if (child === undefined) process.exit(0);
      child.once('exit', () => process.exit(0));
      child.kill(signal);
    });
  }
  start();
}

/** In the script's process: tells the watching one of a file that was loaded. */
function report(file) {
  if (process.connected && process.channel) process.send({ 'watch:require': [file] }, undefined, undefined, () => {});
}

module.exports = { report, run };
