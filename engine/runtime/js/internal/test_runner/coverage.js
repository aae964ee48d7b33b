'use strict';

// What ran of the files that tests load (https://nodejs.org/api/test.html#collecting-code-coverage). Every process of the
// run writes what V8 counted into a folder (NODE_V8_COVERAGE); at the end they are put together and summed up.

const path = require('path');
const { merged } = require('internal/test_runner/coverage_merge');
const { measured } = require('internal/test_runner/coverage_file');

let folder;
let isOwnFolder = false;

/** Begins to collect; `hasChildren` says that other processes load the files. */
function begin(hasChildren) {
  const fs = require('fs');
  isOwnFolder = !process.env.NODE_V8_COVERAGE;
  folder = isOwnFolder ?
    fs.mkdtempSync(path.join(require('os').tmpdir(), 'node-coverage-')) :
    path.resolve(process.env.NODE_V8_COVERAGE);
  if (hasChildren) process.env.NODE_V8_COVERAGE = folder;
  else if (isOwnFolder) require('internal/profiling').startCoverage(folder);
}

/** The same for a program that makes tests itself. */
function beginForProgram() {
  if (process.env.NODE_TEST_CONTEXT === undefined) begin(false);
}

/** What all processes wrote, put together: URL → functions; of originals with `text` beside, where there are maps. */
function collect() {
  const fs = require('fs');
  require('internal/profiling').takeCoverage();
  const all = new Map();
  const maps = new Map();
  let names = [];
  try {
    names = fs.readdirSync(folder).filter((name) => /^coverage-\d+-\d+-\d+\.json$/.test(name)).sort();
  } catch {
    // No process has written anything.
  }
  for (const name of names) {
    let result;
    let cache;
    try {
      ({ result, 'source-map-cache': cache = {} } = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8')));
    } catch {
      // The process was ended while it wrote.
      continue;
    }
    for (const [url, map] of Object.entries(cache)) if (map.data) maps.set(url, map);
    for (const { url, functions } of result) {
      const known = all.get(url);
      all.set(url, known === undefined ? functions : merged(known, functions));
    }
  }
  if (isOwnFolder) {
    require('internal/profiling').stopCoverage();
    fs.rmSync(folder, { recursive: true, force: true });
    delete process.env.NODE_V8_COVERAGE;
  }
  return withOriginals(all, maps);
}

/** The same with originals in place of what was made from them. */
function withOriginals(all, maps) {
  if (!require('internal/options').isOn('--enable-source-maps')) return [...all].map(([url, functions]) => ({ url, functions }));
  const { mapped } = require('internal/test_runner/coverage_map');
  const found = [];
  for (const [url, functions] of all) {
    if (maps.has(url)) found.push(...mapped(url, functions, maps.get(url)).map((one) => ({ ...one, generated: url })));
    else found.push({ url, functions });
  }
  return found;
}

/** Which files are of interest. */
function chooser({ cwd, includes, excludes }) {
  const { matchesGlob } = path;
  const matches = (patterns, file, relative) =>
    patterns.some((pattern) => matchesGlob(relative, pattern) || matchesGlob(file, pattern));
  const withoutTests = excludes.length > 0 ? excludes : require('internal/test_runner/files').defaultPatterns();
  return (file) => {
    const relative = path.relative(cwd, file);
    if (matches(withoutTests, file, relative)) return false;
    if (includes.length > 0) return matches(includes, file, relative);
    return !file.split(path.sep).includes('node_modules');
  };
}

const KINDS = ['Line', 'Branch', 'Function'];

function percent(covered, total) {
  return total === 0 ? 100 : covered / total * 100;
}

/** The summary as `test:coverage` has it. */
function summarize(options) {
  const { fileURLToPath } = require('url');
  const fs = require('fs');
  const isWanted = chooser(options);
  const totals = { __proto__: null };
  for (const kind of KINDS) totals[`total${kind}Count`] = 0;
  for (const kind of KINDS) totals[`covered${kind}Count`] = 0;
  for (const kind of KINDS) totals[`covered${kind}Percent`] = 0;
  const files = [];
  const found = collect().map(({ url, generated, functions, text }) => ({
    file: fileURLToPath(url), made: generated === undefined ? undefined : fileURLToPath(generated), functions, original: text,
  }));
  for (const { file, functions, made, original } of found.sort((a, b) => (a.file < b.file ? -1 : 1))) {
    // Patterns are about the files that are loaded and about those that they were made from.
    if (!isWanted(file) || (made !== undefined && !isWanted(made))) continue;
    let text = original;
    try {
      text ??= fs.readFileSync(file, 'utf8');
    } catch {
      // It is not there any more.
      continue;
    }
    if (text === '') continue;
    const measures = measured(file, text, functions, original !== undefined);
    files.push(measures);
    for (const kind of KINDS) {
      totals[`total${kind}Count`] += measures[`total${kind}Count`];
      totals[`covered${kind}Count`] += measures[`covered${kind}Count`];
    }
  }
  for (const kind of KINDS) totals[`covered${kind}Percent`] = percent(totals[`covered${kind}Count`], totals[`total${kind}Count`]);
  return { __proto__: null, workingDirectory: options.cwd, files, totals, thresholds: options.thresholds };
}

/** What is said of shares that are too small. */
function complaints({ thresholds, totals }) {
  return KINDS.map((kind) => {
    const share = totals[`covered${kind}Percent`];
    const wanted = thresholds[kind.toLowerCase()];
    return share >= wanted ? undefined :
      `Error: ${share.toFixed(2)}% ${kind.toLowerCase()} coverage does not meet threshold of ${wanted}%.`;
  }).filter((text) => text !== undefined);
}

module.exports = { begin, beginForProgram, complaints, summarize };
