'use strict';

// The counts of two processes for one script as one.

const keyOf = ({ startOffset, endOffset }) => `${startOffset}:${endOffset}`;

const isIn = (inner, outer) => outer.startOffset <= inner.startOffset && inner.endOffset <= outer.endOffset;

/** Ranges that ran stay; those that did not must be part of one that did not run in the other process either. */
function mergedRanges(first, second) {
  const found = new Map();
  const take = (ranges, others) => {
    for (const range of ranges) {
      const key = keyOf(range);
      if (found.has(key)) continue;
      const same = others.find((other) => keyOf(other) === key);
      if (same !== undefined) found.set(key, { ...range, count: range.count + same.count });
      else if (range.count > 0 || others.some((other) => other.count === 0 && isIn(range, other))) found.set(key, range);
    }
  };
  take(first, second);
  take(second, first);
  return [...found.values()].sort((a, b) => a.startOffset - b.startOffset || b.endOffset - a.endOffset);
}

/** The functions of a script, counted together. */
function merged(first, second) {
  const others = new Map(second.map((one) => [keyOf(one.ranges[0]), one]));
  const result = first.map((one) => {
    const key = keyOf(one.ranges[0]);
    const other = others.get(key);
    if (other === undefined) return one;
    others.delete(key);
    return {
      functionName: one.functionName,
      isBlockCoverage: one.isBlockCoverage || other.isBlockCoverage,
      ranges: mergedRanges(one.ranges, other.ranges),
    };
  });
  return [...result, ...others.values()];
}

module.exports = { merged };
