'use strict';

// What was counted of a file that was made from others, in terms of those: ranges are moved along its source map.

/** Offsets at which the lines of a text begin. */
function startsOf(text) {
  const starts = [0];
  for (const { index } of text.matchAll(/\n/g)) starts.push(index + 1);
  return starts;
}

/** The original texts that a map is about: URL → text. */
function textsOf({ data, url }, generated) {
  const { URL, fileURLToPath } = require('url');
  const texts = new Map();
  (data.sources ?? []).forEach((source, index) => {
    const root = data.sourceRoot ? `${data.sourceRoot.replace(/\/$/, '')}/` : '';
    const name = `${root}${source}`;
    const file = new URL(name, url?.startsWith('file:') ? url : generated);
    if (file.protocol !== 'file:') return;
    let text = data.sourcesContent?.[index];
    try {
      text ??= require('fs').readFileSync(fileURLToPath(file), 'utf8');
    } catch {
      return;
    }
    texts.set(name, { url: file.href, text, starts: startsOf(text) });
  });
  return texts;
}

/** `{ url, text, functions }` for every original that the functions of a generated file are found in. */
function mapped(generated, functions, cached) {
  const { SourceMap } = require('internal/source_map');
  const map = new SourceMap(cached.data);
  const texts = textsOf(cached, generated);
  const starts = [0];
  for (const length of cached.lineLengths) starts.push(starts.at(-1) + length + 1);

  /** The line that an offset is in; between two it is whichever halving the lines comes to first, as in Node.js. */
  const lineAt = (offset) => {
    let low = 0;
    let high = cached.lineLengths.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (offset < starts[middle]) high = middle;
      else if (offset <= starts[middle + 1]) return Math.min(middle, cached.lineLengths.length - 1);
      else low = middle + 1;
    }
    return Math.min(low, cached.lineLengths.length - 1);
  };

  let first = {};
  for (let line = 0; line < cached.lineLengths.length && first.originalLine === undefined; line++) {
    first = map.findEntry(line, 0);
  }

  /** Where an offset comes from: the original and the offset there. */
  const originOf = (offset) => {
    const line = lineAt(offset);
    let entry = map.findEntry(line, offset - starts[line]);
    // What comes before all that was made from something counts for the first of it.
    if (entry.originalLine === undefined) entry = first;
    const { originalSource, originalLine, originalColumn } = entry;
    const original = texts.get(originalSource);
    if (original === undefined || original.starts[originalLine] === undefined) return undefined;
    return { original, offset: original.starts[originalLine] + originalColumn };
  };

  const found = new Map();
  for (const [number, { functionName, isBlockCoverage, ranges }] of functions.entries()) {
    const moved = [];
    let home;
    for (const { startOffset, endOffset, count } of ranges) {
      const [start, end] = [originOf(startOffset), originOf(endOffset)];
      if (start === undefined || end === undefined || start.original !== end.original) continue;
      home ??= start.original;
      if (start.original === home) moved.push({ startOffset: start.offset, endOffset: end.offset, count });
    }
    if (home === undefined) continue;
    if (!found.has(home)) found.set(home, []);
    found.get(home).push({ functionName, isBlockCoverage, ranges: moved, isScript: number === 0 });
  }
  return [...found].map(([{ url, text }, list]) => ({ url, text, functions: list }));
}

module.exports = { mapped };
