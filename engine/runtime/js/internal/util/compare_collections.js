'use strict';

// Comparison of sets and maps for `internal/util/comparisons`. Their order does not count, so what is not found as it is must be
// searched for among what the other side has left (https://nodejs.org/api/assert.html#comparison-details).

const { apply } = Reflect;
const setHas = Set.prototype.has;
const setValues = Set.prototype.values;
const mapHas = Map.prototype.has;
const mapGet = Map.prototype.get;
const mapEntries = Map.prototype.entries;
const setSize = Object.getOwnPropertyDescriptor(Set.prototype, 'size').get;
const mapSize = Object.getOwnPropertyDescriptor(Map.prototype, 'size').get;

const isObject = (value) => typeof value === 'object' && value !== null;
const has = (method, collection, key) => apply(method, collection, [key]);

function sizesFit(size, a, b, comparison) {
  const sizeA = apply(size, a, []);
  const sizeB = apply(size, b, []);
  return comparison.isPartial ? sizeA >= sizeB : sizeA === sizeB;
}

/** Whether a primitive could equal another one loosely; if not, there is no need to search. */
function mayEqualLoosely(value) {
  switch (typeof value) {
    case 'symbol':
      return false;
    case 'number':
    case 'string':
      return !Number.isNaN(Number(value));
    default:
      return true;
  }
}

/** Finds a partner among `candidates` for each of `wanted`, each candidate once. */
function matchAll(wanted, candidates, matches) {
  for (const item of wanted) {
    const index = candidates.findIndex((candidate) => matches(candidate, item));
    if (index === -1) return false;
    candidates.splice(index, 1);
  }
  return true;
}

/** Whether two sets have equal values, or in partial mode all values of `b` are in `a`. */
function setsEqual(a, b, comparison) {
  if (!sizesFit(setSize, a, b, comparison)) return false;
  let wanted;
  for (const value of apply(setValues, b, [])) {
    if (has(setHas, a, value)) continue;
    if (!isObject(value) && !(comparison.isLoose && mayEqualLoosely(value))) return false;
    (wanted ??= []).push(value);
  }
  if (wanted === undefined) return true;
  const candidates = [];
  for (const value of apply(setValues, a, [])) {
    if (!has(setHas, b, value) && (comparison.isLoose || isObject(value))) candidates.push(value);
  }
  return matchAll(wanted, candidates, (value, expected) => comparison.equal(value, expected));
}

/** Whether two maps have equal entries, or in partial mode all entries of `b` are in `a`. */
function mapsEqual(a, b, comparison) {
  if (!sizesFit(mapSize, a, b, comparison)) return false;
  const found = new Set();
  let wanted;
  for (const entry of apply(mapEntries, b, [])) {
    const [key, value] = entry;
    if (has(mapHas, a, key) && comparison.equal(has(mapGet, a, key), value)) {
      found.add(key);
      continue;
    }
    if (!isObject(key) && !(comparison.isLoose && mayEqualLoosely(key))) return false;
    (wanted ??= []).push(entry);
  }
  if (wanted === undefined) return true;
  const candidates = [];
  for (const entry of apply(mapEntries, a, [])) if (!found.has(entry[0])) candidates.push(entry);
  return matchAll(
    wanted,
    candidates,
    (entry, expected) => comparison.equal(entry[0], expected[0]) && comparison.equal(entry[1], expected[1]),
  );
}

module.exports = { mapsEqual, setsEqual };
