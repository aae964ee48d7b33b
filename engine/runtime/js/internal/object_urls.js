'use strict';

// Blobs that have a URL: `URL.createObjectURL` and `buffer.resolveObjectURL`
// (https://w3c.github.io/FileAPI/#url-model).

const blobs = new Map();

/** `URL.createObjectURL`, for a Blob. */
function createObjectURL(blob) {
  const hex = (length) => Array.from({ length }, () => Math.floor(Math.random() * 16).toString(16)).join('');
  const variant = '89ab'[Math.floor(Math.random() * 4)];
  const id = `${hex(8)}-${hex(4)}-4${hex(3)}-${variant}${hex(3)}-${hex(12)}`;
  blobs.set(id, blob);
  return `blob:nodedata:${id}`;
}

/** The Blob of a URL, or undefined. */
function resolveObjectURL(url) {
  const [, id] = /^blob:nodedata:([^?#]*)/.exec(url) ?? [];
  return blobs.get(id);
}

/** `URL.revokeObjectURL`. */
function revokeObjectURL(url) {
  const [, id] = /^blob:nodedata:([^?#]*)/.exec(url) ?? [];
  blobs.delete(id);
}

module.exports = { createObjectURL, resolveObjectURL, revokeObjectURL };
