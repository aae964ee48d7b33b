'use strict';

// The call in the script that an assertion failed at, quoted in its message as in
// https://nodejs.org/api/assert.html#assertokvalue-message. Only the line of the call is known; of a call over several lines the
// beginning is quoted.

const { captureStackTrace } = Error;

// Words that do not name a value, so a chain of names cannot begin with or go through them.
const KEYWORDS = new Set(
  (
    'break case catch class const continue debugger default delete do else export extends false finally for function if import in ' +
    'instanceof new null return super switch this throw true try typeof var void while with'
  ).split(' '),
);
const WORD = /^[\p{ID_Continue}$\u200c\u200d]$/u;
const WORD_AT_END = /[\p{ID_Continue}$\u200c\u200d]+$/u;
const NUMBER = /^[0-9]/;
// What a `/` comes after when it divides.
const VALUE_AT_END = /[\p{ID_Continue}$)\]}"'`]$/u;
const KEYWORD_AT_END =
  /(?:^|[^\p{ID_Continue}$.])(?:case|do|else|in|instanceof|new|return|throw|typeof|void|delete)$/u;

/** The end of `text` without white space and comments. */
function trimEndOfCode(text) {
  for (;;) {
    const trimmed = text.trimEnd();
    if (!trimmed.endsWith('*/')) return trimmed;
    const start = trimmed.lastIndexOf('/*', trimmed.length - 4);
    if (start === -1) return trimmed;
    text = trimmed.slice(0, start);
  }
}

/** Where the text that ends at the closing quote began, or -1. */
function openingQuote(text) {
  const quote = text.at(-1);
  for (let i = text.length - 2; i >= 0; i--) {
    if (text[i] !== quote) continue;
    let slashes = 0;
    while (text[i - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return i;
  }
  return -1;
}

/**
 * Where the chain of names (`a.b['c']`) begins that the call at `position` belongs to. The engine's position is that of the last
 * name, or of the parenthesis.
 */
function chainStart(line, position) {
  let start = position;
  let text = line.slice(0, position);
  // Whether what comes next, going back, can only be a value: then another one before it is not part of the chain.
  let afterValue = WORD.test(line[position] ?? '');
  for (;;) {
    text = trimEndOfCode(text);
    const last = text.at(-1);
    if (last === undefined) return start;
    if (last === '.') {
      text = text.slice(0, text.endsWith('?.') ? -2 : -1);
      afterValue = false;
    } else if (last === '[') {
      text = text.slice(0, -1);
      afterValue = false;
    } else if (last === ']') {
      if (afterValue) return start;
      text = text.slice(0, -1);
    } else if (last === '"' || last === "'") {
      const opening = openingQuote(text);
      if (opening === -1 || afterValue) return start;
      text = text.slice(0, opening);
      afterValue = true;
    } else {
      const word = WORD_AT_END.exec(text)?.[0];
      if (word === undefined || afterValue || KEYWORDS.has(word)) return start;
      text = text.slice(0, -word.length);
      if (text.endsWith('#')) return start;
      if (!NUMBER.test(word)) start = text.length;
      afterValue = true;
    }
  }
}

/** The position after the text, template, comment or pattern that begins at `index`, if one does; else the next position. */
function skipToken(line, index) {
  const character = line[index];
  if (character === '"' || character === "'") return skipQuoted(line, index, character);
  if (character === '`') return skipTemplate(line, index);
  if (character !== '/') return index + 1;
  if (line[index + 1] === '/') return line.length;
  if (line[index + 1] === '*') {
    const end = line.indexOf('*/', index + 2);
    return end === -1 ? line.length : end + 2;
  }
  const before = trimEndOfCode(line.slice(0, index));
  if (VALUE_AT_END.test(before) && !KEYWORD_AT_END.test(before)) return index + 1;
  return skipPattern(line, index);
}

function skipQuoted(line, index, quote) {
  for (let i = index + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === quote) return i + 1;
  }
  return line.length;
}

function skipTemplate(line, index) {
  for (let i = index + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '`') return i + 1;
    else if (line[i] === '$' && line[i + 1] === '{') i = skipBraces(line, i + 1) - 1;
  }
  return line.length;
}

function skipBraces(line, index) {
  let depth = 0;
  for (let i = index; i < line.length;) {
    if (line[i] === '{') depth++;
    else if (line[i] === '}' && --depth === 0) return i + 1;
    i = skipToken(line, i);
  }
  return line.length;
}

function skipPattern(line, index) {
  let inClass = false;
  for (let i = index + 1; i < line.length; i++) {
    if (line[i] === '\\') i++;
    else if (line[i] === '[') inClass = true;
    else if (line[i] === ']') inClass = false;
    else if (line[i] === '/' && !inClass) return i + 1;
  }
  return line.length;
}

/** Where the parentheses of the call end that begins at or after `position`. */
function callEnd(line, position) {
  let depth = 0;
  for (let i = position; i < line.length;) {
    if (line[i] === '(') depth++;
    else if (line[i] === ')' && --depth === 0) return i + 1;
    i = skipToken(line, i);
  }
  return line.length;
}

/** The source line of the call of `callee` and the position in it, or undefined. */
function callSite(callee) {
  const error = new Error();
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 1;
  captureStackTrace(error, callee);
  Error.stackTraceLimit = limit;
  const place = ops.error_place(error);
  // `file:line`, the line, and carets where the call is.
  const lines = place.split('\n');
  if (lines.length < 4) return undefined;
  return { line: lines[1], position: lines[2].indexOf('^') };
}

/** What `ok` says of a value that is not truthy; undefined where the source is not known. */
function falsyMessage(callee) {
  const site = callSite(callee);
  if (site === undefined || site.position === -1) return undefined;
  const { line, position } = site;
  const text = line.slice(chainStart(line, position), callEnd(line, position));
  return `The expression evaluated to a falsy value:\n\n  ${text}\n`;
}

module.exports = { falsyMessage };
