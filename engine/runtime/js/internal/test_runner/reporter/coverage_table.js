'use strict';

// The table that reporters for people print of `test:coverage`.

const path = require('path');

const HEADS = ['line %', 'branch %', 'funcs %'];
const LAST = 'uncovered lines';
const ALL = 'all files';

/** Numbers of lines with runs of them written as `first-last`. */
function runs(numbers) {
  const parts = [];
  for (let index = 0; index < numbers.length; index++) {
    const first = numbers[index];
    while (numbers[index + 1] === numbers[index] + 1) index++;
    parts.push(first === numbers[index] ? `${first}` : `${first}-${numbers[index]}`);
  }
  return parts.join(' ');
}

/** Folders and files as rows, each a step further in than what holds it. */
function rowsOf(files, cwd) {
  const root = new Map();
  for (const file of files) {
    const parts = path.relative(cwd, file.path).split(path.sep);
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      if (!folder.has(part)) folder.set(part, new Map());
      folder = folder.get(part);
    }
    folder.set(parts.at(-1), file);
  }
  const rows = [];
  const add = (folder, depth) => {
    for (const [name, inner] of folder) {
      const isFolder = inner instanceof Map;
      rows.push({ name, depth, measures: isFolder ? undefined : inner });
      if (isFolder) add(inner, depth + 1);
    }
  };
  add(root, 0);
  return rows;
}

/** The lines of the table, without what reporters put before each. */
function table({ files, totals, workingDirectory }) {
  const uncovered = (measures) => runs((measures.lines ?? []).filter(({ count }) => count === 0).map(({ line }) => line));
  const rows = rowsOf(files, workingDirectory);
  // Room for the longest name at the deepest place.
  const deepest = Math.max(0, ...rows.map(({ depth }) => depth));
  const nameWidth = Math.max(ALL.length, ...rows.map(({ name }) => name.length + deepest)) + 1;
  const lastWidth = Math.max(LAST.length, ...files.map((file) => uncovered(file).length));
  const widths = HEADS.map((head) => head.length);
  const row = (name, cells, last) =>
    `${name.padEnd(nameWidth)}| ${cells.map((cell, index) => cell.padStart(widths[index])).join(' | ')} | ${last}`;
  const shares = (measures) => ['Line', 'Branch', 'Function'].map((kind) => measures[`covered${kind}Percent`].toFixed(2));
  const dashes = '-'.repeat(row('', HEADS, '').length + lastWidth + 1);
  return [
    'start of coverage report',
    dashes,
    row('file', HEADS, LAST),
    dashes,
    ...rows.map(({ name, depth, measures }) => (measures === undefined ?
      row(`${' '.repeat(depth)}${name}`, HEADS.map(() => ''), '') :
      row(`${' '.repeat(depth)}${name}`, shares(measures), uncovered(measures)))),
    dashes,
    row(ALL, shares(totals), ''),
    dashes,
    'end of coverage report',
  ];
}

module.exports = { table };
