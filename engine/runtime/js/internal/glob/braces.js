'use strict';

// Brace expansion as shells do it (https://www.gnu.org/software/bash/manual/html_node/Brace-Expansion.html):
// `a{b,c}` means `ab` and `ac`, `a{1..3}` means `a1`, `a2` and `a3`.

const { alternatives, closing } = require('internal/glob/nesting');

/** More patterns than this come from no human; the rest is dropped. */
const MOST = 100_000;

const NUMBERS = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/;
const LETTERS = /^([a-zA-Z])\.\.([a-zA-Z])(?:\.\.(-?\d+))?$/;
const PADDED = /^-?0\d/;

function range(first, last, step, show) {
  const stride = Math.max(1, Math.abs(step));
  const found = [];
  if (first <= last) for (let i = first; i <= last && found.length < MOST; i += stride) found.push(show(i));
  else for (let i = first; i >= last && found.length < MOST; i -= stride) found.push(show(i));
  return found;
}

/** What `1..3` or `a..e..2` means, or null. */
function sequence(body) {
  const numbers = NUMBERS.exec(body);
  if (numbers !== null) {
    const [, first, last, step = '1'] = numbers;
    const width = PADDED.test(first) || PADDED.test(last) ? Math.max(first.length, last.length) : 0;
    return range(Number(first), Number(last), Number(step), (value) => {
      const digits = String(Math.abs(value));
      return value < 0 ? `-${digits.padStart(width - 1, '0')}` : digits.padStart(width, '0');
    });
  }
  const letters = LETTERS.exec(body);
  if (letters === null) return null;
  const [, first, last, step = '1'] = letters;
  return range(first.charCodeAt(0), last.charCodeAt(0), Number(step), (code) => String.fromCharCode(code));
}

function combine(before, middles, afters) {
  const found = [];
  for (const middle of middles) {
    for (const after of afters) {
      if (found.length >= MOST) return found;
      found.push(`${before}${middle}${after}`);
    }
  }
  return found;
}

/**
 * Every text that `pattern` means.
 *
 * @param {string} pattern
 * @returns {string[]}
 */
function expandBraces(pattern) {
  let open = pattern.indexOf('{');
  while (open !== -1) {
    const close = closing(pattern, open, '{}');
    if (close === -1) {
      open = pattern.indexOf('{', open + 1);
      continue;
    }
    const before = pattern.slice(0, open);
    if (open > 0 && pattern[open - 1] === '$') {
      return combine(pattern.slice(0, close + 1), [''], expandBraces(pattern.slice(close + 1)));
    }
    const body = pattern.slice(open + 1, close);
    const parts = alternatives(body, ',', '{}');
    const meant = parts.length > 1 ? parts.flatMap(expandBraces) : sequence(body);
    if (meant !== null) return combine(before, meant, expandBraces(pattern.slice(close + 1)));
    // `{a},b}`: the comma and the second brace belong to the first one.
    const later = /^[^{]*?,(?!,)[^{]*?\}/.exec(pattern.slice(close + 1));
    if (later !== null) {
      const end = close + 1 + later[0].length;
      const [first, ...others] = alternatives(pattern.slice(close + 1, end - 1), ',', '{}');
      const all = [`${body}}${first}`, ...others].flatMap(expandBraces);
      return combine(before, all, expandBraces(pattern.slice(end)));
    }
    // Braces around one thing stand for themselves.
    const inner = expandBraces(body).map((text) => `{${text}}`);
    return combine(before, inner, expandBraces(pattern.slice(close + 1)));
  }
  return [pattern];
}

module.exports = { expandBraces };
