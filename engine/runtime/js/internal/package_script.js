'use strict';

// `--run`: a script of the nearest package.json (https://nodejs.org/api/cli.html#--run).

const path = require('path');

/** Ends with `text` on standard error. */
function refuse(text) {
  ops.stdio_write(2, `${text}\n`);
  process.reallyExit(1);
}

function readManifest(file) {
  try {
    return JSON.parse(ops.module_read(file));
  } catch {
    return undefined;
  }
}

/** An argument as a shell takes it for one word. */
function quote(argument) {
  return /^[\w@%+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", "'\\''")}'`;
}

/** Every `node_modules/.bin` from a folder up to the root. */
function binFolders(from) {
  const folders = [];
  for (let folder = from; ; folder = path.dirname(folder)) {
    folders.push(path.join(folder, 'node_modules', '.bin'));
    if (folder === path.dirname(folder)) return folders;
  }
}

/** Runs the script `name` with the arguments behind it and ends as it ends. */
function run(name) {
  const from = process.cwd();
  const file = ops.module_find_package(path.join(from, 'package.json'));
  if (file === null) {
    refuse(`Can't find package.json for directory ${from}`);
    return;
  }
  const manifest = readManifest(file);
  if (manifest === null || typeof manifest !== 'object') {
    refuse(`Can't parse ${file}`);
    return;
  }
  const { scripts } = manifest;
  if (scripts === null || typeof scripts !== 'object') {
    refuse(`Can't find "scripts" field in ${file}`);
    return;
  }
  const command = scripts[name];
  if (typeof command !== 'string') {
    const known = Object.entries(scripts).map(([key, value]) => `  ${key}: ${value}`);
    refuse(`Missing script: "${name}" for ${file}\n\nAvailable scripts are:\n${known.join('\n')}`);
    return;
  }
  const folder = path.dirname(file);
  const env = {
    ...process.env,
    NODE_RUN_SCRIPT_NAME: name,
    NODE_RUN_PACKAGE_JSON_PATH: file,
    PATH: [...binFolders(folder), process.env.PATH].join(path.delimiter),
  };
  const given = process.argv.slice(1);
  if (given[0] === '--') given.shift();
  const line = [command, ...given.map(quote)].join(' ');
  const child = require('child_process').spawn(line, { cwd: folder, env, shell: true, stdio: 'inherit' });
  child.on('close', (code) => {
    process.exitCode = code === 0 ? 0 : 1;
  });
}

module.exports = { run };
