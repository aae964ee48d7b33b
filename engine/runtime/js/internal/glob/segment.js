'use strict';

// One segment of a glob pattern as a regular expression: `*`, `?`, `[a-z]`, `[[:alpha:]]`, `@(a|b)`, `!(a)` and their
// kin (https://www.gnu.org/software/bash/manual/html_node/Pattern-Matching.html). There is no escape character:
// backslashes are separators.

const { alternatives, closing } = require('internal/glob/nesting');

const MAGIC = /[*?[]|[+@!]\(/;
const ESCAPED = /[\\^$.*+?()[\]{}|/-]/g;

const CLASSES = {
  '[:alnum:]': '\\p{L}\\p{Nl}\\p{Nd}',
  '[:alpha:]': '\\p{L}\\p{Nl}',
  '[:ascii:]': '\\x00-\\x7f',
  '[:blank:]': '\\p{Zs}\\t',
  '[:cntrl:]': '\\p{Cc}',
  '[:digit:]': '\\p{Nd}',
  '[:graph:]': null,
  '[:lower:]': '\\p{Ll}',
  '[:print:]': '\\p{C}',
  '[:punct:]': '\\p{P}',
  '[:space:]': '\\p{Z}\\t\\r\\n\\v\\f',
  '[:upper:]': '\\p{Lu}',
  '[:word:]': '\\p{L}\\p{Nl}\\p{Nd}\\p{Pc}',
  '[:xdigit:]': 'A-Fa-f0-9',
};

/** Classes that are known by what they leave out. */
const NEGATED = { '[:graph:]': '\\p{Z}\\p{C}', '[:print:]': '\\p{C}' };

const NEVER = '(?!)';

const escape = (text) => text.replace(ESCAPED, '\\$&');

/**
 * A set of characters that begins at `start`.
 *
 * @returns {{source: string, end: number, unicode: boolean} | null} null when the bracket is never closed.
 */
function parseSet(text, start) {
  let index = start + 1;
  const negated = text[index] === '!' || text[index] === '^';
  if (negated) index++;
  const first = index;
  let inside = '';
  let outside = '';
  let unicode = false;
  while (index < text.length) {
    const character = text[index];
    if (character === ']' && index > first) {
      return { source: setSource(inside, outside, negated), end: index + 1, unicode };
    }
    if (character === '[' && text[index + 1] === ':') {
      const name = Object.keys(CLASSES).find((known) => text.startsWith(known, index));
      if (name !== undefined) {
        // A class is no start of a range.
        if (text[index + name.length] === '-') {
          return { source: NEVER, end: text.indexOf(']', index + name.length) + 1 || text.length, unicode };
        }
        if (name in NEGATED) outside += NEGATED[name];
        else inside += CLASSES[name];
        unicode ||= inside.includes('\\p') || outside.includes('\\p');
        index += name.length;
        continue;
      }
    }
    const last = text[index + 2];
    if (text[index + 1] === '-' && last !== undefined && last !== ']') {
      // A range that runs backwards has nothing in it.
      if (character <= last) inside += `${escape(character)}-${escape(last)}`;
      index += 3;
    } else {
      inside += escape(character);
      index++;
    }
  }
  return null;
}

function setSource(inside, outside, negated) {
  if (negated) {
    const without = inside === '' ? '' : `(?![${inside}])`;
    return outside === '' ? `[^/${inside}]` : `${without}[${outside}]`;
  }
  if (inside === '' && outside === '') return NEVER;
  if (outside === '') return `[${inside}]`;
  return inside === '' ? `[^/${outside}]` : `(?:[${inside}]|[^/${outside}])`;
}

/** Before what could match a dot at the start of a name: names with a dot must be asked for by their dot. */
const NO_DOT = '(?!\\.)';

/**
 * The source of a regular expression.
 *
 * @param {string} text
 * @param {boolean} atStart Whether it is matched from the start of a name.
 * @param {{unicode: boolean}} state
 */
function source(text, atStart, state) {
  let result = '';
  let index = 0;
  while (index < text.length) {
    const guard = atStart && index === 0 ? NO_DOT : '';
    const character = text[index];
    if ('?*+@!'.includes(character) && text[index + 1] === '(') {
      const close = closing(text, index + 1, '()');
      if (close !== -1) {
        const rest = source(text.slice(close + 1), false, state);
        result += group(character, text.slice(index + 2, close), atStart && index === 0, rest, state);
        return `${result}${rest}`;
      }
    }
    if (character === '*') {
      while (text[index + 1] === '*' && text[index + 2] !== '(') index++;
      result += `${guard}[^/]*?`;
    } else if (character === '?') {
      result += `${guard}[^/]`;
    } else if (character === '[') {
      const set = parseSet(text, index);
      if (set !== null) {
        state.unicode ||= set.unicode;
        result += `${guard}${set.source}`;
        index = set.end;
        continue;
      }
      result += '\\[';
    } else {
      result += escape(character);
    }
    index++;
  }
  return result;
}

function group(kind, body, atStart, rest, state) {
  const choices = alternatives(body, '|', '()').map((part) => source(part, atStart, state)).join('|');
  switch (kind) {
    case '?': return `(?:${choices})?`;
    case '*': return `(?:${choices})*`;
    case '+': return `(?:${choices})+`;
    case '@': return `(?:${choices})`;
    default: {
      const others = alternatives(body, '|', '()').map((part) => source(part, false, state)).join('|');
      return `(?:(?!(?:${others})${rest}$)${atStart ? NO_DOT : ''}[^/]*?)`;
    }
  }
}

/**
 * What a segment of a file's path is compared with.
 *
 * @param {string} text
 * @param {boolean} ignoreCase
 * @returns {string | RegExp} The text itself when nothing in it is special.
 */
function compileSegment(text, ignoreCase) {
  if (!MAGIC.test(text)) return text;
  const state = { unicode: false };
  const body = source(text, true, state);
  // `.*` means names with a dot, but not the folder itself and the one above.
  const noFolders = text[0] === '.' || /^[?*+@!]\(/.test(text) ? '(?!\\.{1,2}$)' : '';
  const nonEmpty = /^[?*[]/.test(text) && !/^[?*]\(/.test(text) ? '(?=.)' : '';
  return new RegExp(`^${nonEmpty}${noFolders}${body}$`, `s${ignoreCase ? 'i' : ''}${state.unicode ? 'u' : ''}`);
}

module.exports = { compileSegment };
