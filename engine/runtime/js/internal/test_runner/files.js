'use strict';

// Which files are tests (https://nodejs.org/api/test.html#running-tests-from-the-command-line).

const path = require('path');

const EXTENSIONS = 'js,mjs,cjs';
const TYPED_EXTENSIONS = 'ts,mts,cts';

function defaultPatterns() {
  const isTyped = !process.execArgv.some((flag) => /^--no-(?:experimental-)?strip-types$/.test(flag));
  const extensions = isTyped ? `${EXTENSIONS},${TYPED_EXTENSIONS}` : EXTENSIONS;
  return ['test', 'test/**/*', 'test-*', '*[._-]test'].map((name) => `**/${name}.{${extensions}}`);
}

/** Paths of files for the patterns, or for the usual names, in order. */
function find(patterns, cwd) {
  const { globSync, statSync } = require('fs');
  const found = new Set();
  const isUsual = patterns === undefined || patterns.length === 0;
  for (const pattern of isUsual ? defaultPatterns() : patterns) {
    // Packages' own tests are run only by those who name them.
    const exclude = pattern.includes('node_modules') ? undefined : (name) => path.basename(String(name)) === 'node_modules';
    for (const name of globSync(pattern, { cwd, exclude })) {
      if (statSync(path.resolve(cwd, name), { throwIfNoEntry: false })?.isFile()) found.add(name);
    }
  }
  return [...found].sort();
}

/** The part of the files that this machine is to run. */
function shardOf(files, { index, total }) {
  return files.filter((_file, at) => at % total === index - 1);
}

module.exports = { defaultPatterns, find, shardOf };
