'use strict';

// What objects hold whatever their prototype is now: sizes and lengths by the original accessors.

const { getOwnPropertyDescriptor, getPrototypeOf } = Object;

function reader(prototype, name) {
  const { get } = getOwnPropertyDescriptor(prototype, name);
  return (object) => get.call(object);
}

module.exports = {
  /** The length of a typed array. */
  lengthOf: reader(getPrototypeOf(Uint8Array.prototype), 'length'),
  /** The size of a Map. */
  mapSize: reader(Map.prototype, 'size'),
  /** The size of a Set. */
  setSize: reader(Set.prototype, 'size'),
};
