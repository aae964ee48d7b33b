'use strict';

// The shortest way from one list of lines to another: E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986.

/** A step: the line is in both, only in `actual`, or only in `expected`. */
const kSame = 0;
const kActual = 1;
const kExpected = 2;

/** Lines that differ by the comma that only elements before the last one have count as the same. */
function sameButForComma(a, b) {
  return a === b || `${a},` === b || a === `${b},`;
}

function same(a, b) {
  return a === b;
}

/** How far the diagonals from `-limit` to `limit` get. */
class Reach {
  constructor(limit, values = new Int32Array(2 * limit + 1)) {
    this.limit = limit;
    this.values = values;
  }

  get(diagonal) {
    return this.values[diagonal + this.limit];
  }

  set(diagonal, x) {
    this.values[diagonal + this.limit] = x;
  }

  /** A copy of the diagonals that the step number `distance` looks at. */
  copy(distance) {
    const limit = Math.min(distance + 1, this.limit);
    return new Reach(limit, this.values.slice(this.limit - limit, this.limit + limit + 1));
  }

  comesFromAbove(diagonal, distance) {
    if (diagonal === -distance) return true;
    return diagonal !== distance && this.get(diagonal - 1) < this.get(diagonal + 1);
  }
}

/** How far each diagonal gets with `distance` steps, for every distance until both ends are reached. */
function furthestReaches(actual, expected, equal) {
  const n = actual.length;
  const m = expected.length;
  const reach = new Reach(n + m + 1);
  const history = [];
  for (let distance = 0; distance <= n + m; distance++) {
    history.push(reach.copy(distance));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const isDown = reach.comesFromAbove(diagonal, distance);
      let x = isDown ? reach.get(diagonal + 1) : reach.get(diagonal - 1) + 1;
      while (x < n && x - diagonal < m && equal(actual[x], expected[x - diagonal])) x++;
      reach.set(diagonal, x);
      if (x >= n && x - diagonal >= m) return history;
    }
  }
  return history;
}

/**
 * Steps `[kind, line]` from `actual` to `expected`. With `ignoreComma`, lines that differ in a comma at the end are the same.
 */
function myersDiff(actual, expected, ignoreComma) {
  const history = furthestReaches(actual, expected, ignoreComma ? sameButForComma : same);
  const steps = [];
  let x = actual.length;
  let y = expected.length;
  for (let distance = history.length - 1; distance >= 0; distance--) {
    const reach = history[distance];
    const diagonal = x - y;
    const before = reach.comesFromAbove(diagonal, distance) ? diagonal + 1 : diagonal - 1;
    const beforeX = reach.get(before);
    const beforeY = beforeX - before;
    while (x > beforeX && y > beforeY) {
      x--;
      y--;
      // Of two lines that differ in a comma, the one that has it.
      const line = !ignoreComma || actual[x].endsWith(',') ? actual[x] : expected[y];
      steps.push([kSame, line]);
    }
    if (distance === 0) break;
    if (x > beforeX) steps.push([kActual, actual[--x]]);
    else steps.push([kExpected, expected[--y]]);
  }
  return steps.reverse();
}

module.exports = { kActual, kExpected, kSame, myersDiff };
