'use strict';

// Brackets that nest, in patterns of braces and of parentheses (https://nodejs.org/api/path.html#pathmatchesglobpath-pattern).

/** Index of the bracket that closes the one at `open`, -1 when there is none; `pair` holds both brackets. */
function closing(text, open, pair) {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === pair[0]) depth++;
    else if (text[i] === pair[1] && --depth === 0) return i;
  }
  return -1;
}

/** Splits at separators that stand in no inner brackets. */
function alternatives(body, separator, pair) {
  const parts = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < body.length; i++) {
    if (body[i] === pair[0]) depth++;
    else if (body[i] === pair[1]) depth--;
    else if (body[i] === separator && depth === 0) {
      parts.push(body.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(body.slice(start));
  return parts;
}

module.exports = { alternatives, closing };
