'use strict';

// `util.parseEnv` (https://nodejs.org/api/util.html#utilparseenvcontent): the text of a `.env` file.

const { validateString } = require('internal/validators');

const EXPORT = 'export ';
const QUOTES = new Set(['"', "'", '`']);

/** The value that begins at `start` (just behind the `=`), and where the next line begins. */
function readValue(text, start) {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  const quote = text[at];
  if (QUOTES.has(quote)) {
    const close = text.indexOf(quote, at + 1);
    if (close !== -1) {
      const value = text.slice(at + 1, close);
      const end = text.indexOf('\n', close);
      return [quote === '"' ? value.replaceAll('\\n', '\n') : value, end === -1 ? text.length : end + 1];
    }
  }
  let end = text.indexOf('\n', at);
  if (end === -1) end = text.length;
  const line = text.slice(at, end);
  const comment = line.indexOf('#');
  return [(comment === -1 ? line : line.slice(0, comment)).trim(), end + 1];
}

/** Names and values, sorted by name. */
function parseEnv(content) {
  validateString(content, 'content');
  const text = content.replaceAll('\r\n', '\n');
  const found = new Map();
  let at = 0;
  while (at < text.length) {
    let end = text.indexOf('\n', at);
    if (end === -1) end = text.length;
    const equals = text.indexOf('=', at);
    const line = text.slice(at, end);
    if (line.trimStart().startsWith('#') || equals === -1 || equals >= end) {
      at = end + 1;
      continue;
    }
    let key = text.slice(at, equals).trim();
    if (key.startsWith(EXPORT)) key = key.slice(EXPORT.length).trim();
    if (key === '') {
      at = end + 1;
      continue;
    }
    const [value, next] = readValue(text, equals + 1);
    found.set(key, value);
    at = next;
  }
  const variables = { __proto__: null };
  for (const key of [...found.keys()].sort()) variables[key] = found.get(key);
  return variables;
}

module.exports = { parseEnv };
