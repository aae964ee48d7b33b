'use strict';

// Lines, branches and functions of one file that ran and that did not.

const SWITCH = /\/\* node:coverage (enable|disable) \*\//;
const IGNORE = /\/\* node:coverage ignore next(?: (\d+))? \*\//;

/** The lines of a text; comments say of some that they do not matter. */
function linesOf(text) {
  const lines = [];
  let isOff = false;
  let ignored = 0;
  const ends = /\r?\n|$/g;
  for (let start = 0; start < text.length || lines.length === 0;) {
    ends.lastIndex = start;
    const end = ends.exec(text);
    const words = text.slice(start, end.index);
    const line = { line: lines.length + 1, start, end: end.index, count: 1, ignored: isOff };
    if (ignored > 0) {
      line.ignored = true;
      ignored--;
    }
    const found = SWITCH.exec(words);
    if (found !== null) isOff = found[1] === 'disable';
    const next = IGNORE.exec(words);
    if (next !== null) ignored = Number(next[1] ?? 1);
    lines.push(line);
    start = end.index + (end[0].length || 1);
  }
  return lines;
}

/** The index of the line that an offset is in. */
function indexAt(lines, offset) {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines[middle].start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Counts the lines that a range holds as a whole; returns where it begins and whether nothing of it matters. */
function apply(lines, { startOffset, endOffset, count }) {
  const first = indexAt(lines, startOffset);
  let isIgnored = true;
  for (let index = first; index < lines.length && lines[index].start <= endOffset; index++) {
    const line = lines[index];
    if (startOffset <= line.start && line.end <= endOffset) line.count = count;
    if (!line.ignored) isIgnored = false;
  }
  return { line: lines[first].line, isIgnored };
}

/** With `isOriginal` lines count only where something that ran was made from them, and empty ones. */
function measured(file, text, functions, isOriginal) {
  const lines = linesOf(text);
  if (isOriginal) {
    for (const line of lines) line.count = text.slice(line.start, line.end).trim() === '' ? 1 : 0;
  }
  const shownFunctions = [];
  const branches = [];
  let coveredFunctions = 0;
  let coveredBranches = 0;
  functions.forEach(({ functionName, isBlockCoverage, ranges, isScript }, number) => {
    ranges.forEach((range, index) => {
      const { line, isIgnored } = apply(lines, range);
      if (isBlockCoverage) {
        branches.push({ __proto__: null, line, count: range.count });
        if (range.count !== 0 || isIgnored) coveredBranches++;
      }
      // The first function is the script itself.
      if (index === 0 && !(isScript ?? number === 0)) {
        shownFunctions.push({ __proto__: null, name: functionName, count: range.count, line });
        if (range.count !== 0 || isIgnored) coveredFunctions++;
      }
    });
  });
  const coveredLines = lines.filter(({ count, ignored }) => count > 0 || ignored).length;
  const share = (covered, total) => (total === 0 ? 100 : covered / total * 100);
  return {
    __proto__: null,
    path: file,
    totalLineCount: lines.length,
    totalBranchCount: branches.length,
    totalFunctionCount: shownFunctions.length,
    coveredLineCount: coveredLines,
    coveredBranchCount: coveredBranches,
    coveredFunctionCount: coveredFunctions,
    coveredLinePercent: share(coveredLines, lines.length),
    coveredBranchPercent: share(coveredBranches, branches.length),
    coveredFunctionPercent: share(coveredFunctions, shownFunctions.length),
    functions: shownFunctions,
    branches,
    lines: lines.filter(({ ignored }) => !ignored).map(({ line, count }) => ({ __proto__: null, line, count })),
  };
}

module.exports = { measured };
