'use strict';

// Comparison of typed arrays, DataViews and array buffers for `internal/util/comparisons`
// (https://nodejs.org/api/assert.html#comparison-details).

const { is, getPrototypeOf } = Object;
const { apply } = Reflect;

const TypedArray = getPrototypeOf(Uint8Array);
const tagGetter = Object.getOwnPropertyDescriptor(TypedArray.prototype, Symbol.toStringTag).get;
/** `Uint8Array`, or undefined for a DataView. */
const kindOf = (view) => apply(tagGetter, view, []);

const FLOATS = new Set(['Float16Array', 'Float32Array', 'Float64Array']);

function bytesOf(source) {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}

function same(a, b) {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** Whether the elements of `b` are in `a` in this order, with others between them. */
function contains(a, b) {
  let found = 0;
  for (let i = 0; found < b.length; i++) {
    // No more elements than are still wanted.
    if (a.length - i < b.length - found) return false;
    if (is(a[i], b[found])) found++;
  }
  return true;
}

/** The bytes of array buffers, shared or not, or of views. */
function bytesEqual(a, b, comparison) {
  const compare = comparison.isPartial ? contains : same;
  return compare(bytesOf(a), bytesOf(b));
}

/** Typed arrays of one kind by their elements, DataViews by their bytes. */
function viewsEqual(a, b, comparison) {
  const kind = kindOf(a);
  if (kind !== kindOf(b)) return false;
  if (kind === undefined) return bytesEqual(a, b, comparison);
  if (comparison.isPartial) return contains(a, b);
  // Bytes tell 0 from -0, and know NaN; elements do neither.
  return comparison.isLoose && FLOATS.has(kind) ? same(a, b) : bytesEqual(a, b, comparison);
}

module.exports = { bytesEqual, viewsEqual };
