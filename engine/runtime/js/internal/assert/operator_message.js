'use strict';

// What an AssertionError without a message of its own says: a sentence for the operator and the values, compared.

const { colorsFor } = require('internal/util/colors');

const SENTENCES = {
  __proto__: null,
  deepEqual: 'Expected values to be loosely deep-equal:',
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
};
const SAME_REFERENCE = 'Expected "actual" to be reference-equal to "expected":';
const NOT_SAME_REFERENCE = 'Expected "actual" not to be reference-equal to "expected":';
const LOOK_THE_SAME = 'Values have same structure but are not reference-equal:';
const LOOSELY_UNEQUAL = 'Expected values not to be loosely deep-equal:';

/** Operators whose message compares the values, also behind a message of the caller's. */
const COMPARING = new Set(['deepStrictEqual', 'partialDeepStrictEqual', 'strictEqual']);

/** Two short primitives are shown in one line, as `1 !== 2`; the quotes of texts are not counted. */
const MAX_SHORT_LENGTH = 12;
const MAX_VALUE_LINES = 50;
const SHOWN_VALUE_LINES = 46;
const MAX_VALUE_LENGTH = 512;
const MAX_LONG_LENGTH = 1024;
const COLUMNS = 80;

const isObject = (value) => typeof value === 'object' && value !== null;
const hasReference = (value) => isObject(value) || typeof value === 'function';

function inspectValue(value) {
  const { inspect } = require('internal/util/inspect');
  return inspect(value, {
    compact: false,
    customInspect: false,
    depth: 1000,
    maxArrayLength: Infinity,
    showHidden: false,
    showProxy: false,
    sorted: true,
    getters: true,
    breakLength: COLUMNS,
  });
}

/** The lines of one value, not more than the message can bear. */
function valueLines(value, isFull) {
  const lines = inspectValue(value).split('\n');
  if (lines.length > MAX_VALUE_LINES && !isFull) {
    const { blue, white } = colorsFor(process.stderr);
    lines[SHOWN_VALUE_LINES] = `${blue}...${white}`;
    lines.length = SHOWN_VALUE_LINES + 1;
  }
  return lines;
}

function shorten(text, isFull, max = MAX_VALUE_LENGTH) {
  return text.length > max && !isFull ? `${text.slice(0, max - 3)}...` : text;
}

/** Values that look the same but are not. */
function sameLookMessage(message, lines, isFull) {
  const begin = `${message || LOOK_THE_SAME}\n\n`;
  if (lines.length <= MAX_VALUE_LINES || isFull) return `${begin}${lines.join('\n')}\n`;
  return `${begin}... Skipped lines\n${lines.slice(0, MAX_VALUE_LINES).join('\n')}\n...}\n`;
}

function lengthWithoutQuotes(value, text) {
  return typeof value === 'string' ? text.length - 2 : text.length;
}

/** Where two lines begin to differ, as a caret below the second. */
function caret(actual, expected) {
  const { stderr } = process;
  const columns = stderr?.isTTY ? stderr.columns : COLUMNS;
  if (actual.length + expected.length >= columns) return '';
  let index = 0;
  while (index < actual.length && actual[index] === expected[index]) index++;
  return index > 2 && index < actual.length ? `${' '.repeat(index + 2)}^\n` : '';
}

function comparingMessage(operator, actual, expected, message, isFull) {
  const { printCharacters, printLines } = require('internal/assert/diff_text');
  const { myersDiff } = require('internal/assert/myers_diff');
  const actualText = inspectValue(actual);
  const expectedText = inspectValue(expected);
  const actualLines = actualText.split('\n');
  const expectedLines = expectedText.split('\n');
  const isSingle = actualLines.length === 1 && expectedLines.length === 1;
  const bothObjects = isObject(actual) && isObject(expected);
  const bothReferences = bothObjects || (typeof actual === 'function' && typeof expected === 'function');

  let header = message || SENTENCES[operator];
  if (!message && operator === 'strictEqual' && bothReferences) header = SAME_REFERENCE;

  if (bothObjects && actualText === expectedText) {
    return sameLookMessage(message, actualLines, isFull);
  }
  if (
    isSingle &&
    !bothObjects &&
    lengthWithoutQuotes(actual, actualText) + lengthWithoutQuotes(expected, expectedText) <=
      MAX_SHORT_LENGTH &&
    (actual !== 0 || expected !== 0)
  ) {
    return `${header}\n\n${actualText} !== ${expectedText}\n`;
  }

  const colors = colorsFor(process.stderr);
  const { gray, green, red, white } = colors;
  const isColored = green !== '';
  if (isSingle && isColored && typeof actual === 'string' && typeof expected === 'string') {
    const legend = `${green}actual${white} ${red}expected${white}`;
    return `${header}\n${legend}\n\n${printCharacters(actualText, expectedText, colors)}\n`;
  }

  const usualLegend = `${green}+ actual${white} ${red}- expected${white}`;
  if (isSingle && !bothObjects) {
    const lines = `${green}+${white} ${actualText}\n${red}- ${white}${expectedText}\n`;
    return `${header}\n${usualLegend}\n\n${lines}${caret(actualText, expectedText)}`;
  }
  const isPartial = operator === 'partialDeepStrictEqual';
  const legend = isPartial && isColored ? `${gray}actual${white} ${red}- expected${white}` : usualLegend;
  const { text, skipped } = printLines(
    myersDiff(actualLines, expectedLines, isObject(actual)),
    colors,
    isPartial,
  );
  return `${header}\n${legend}${skipped ? '\n... Skipped lines' : ''}\n\n${text}`;
}

function notEqualMessage(operator, actual, isFull) {
  const sentence =
    operator === 'notStrictEqual' && hasReference(actual) ? NOT_SAME_REFERENCE : SENTENCES[operator];
  const lines = valueLines(actual, isFull);
  if (lines.length > 1) return `${sentence}\n\n${lines.join('\n')}\n`;
  return `${sentence}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`;
}

/** The message for `operator` and the values compared; `message` is the caller's own beginning of it, or nothing. */
function operatorMessage(operator, actual, expected, message, diff) {
  const isFull = diff === 'full';
  if (COMPARING.has(operator)) return comparingMessage(operator, actual, expected, message, isFull);
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual')
    return notEqualMessage(operator, actual, isFull);
  const first = inspectValue(actual);
  const second = inspectValue(expected);
  if (operator === 'notDeepEqual' && first === second) {
    return shorten(`${SENTENCES.notDeepEqual}\n\n${first}`, isFull, MAX_LONG_LENGTH);
  }
  const shortFirst = shorten(first, isFull);
  const shortSecond = shorten(second, isFull);
  if (operator === 'deepEqual') {
    return `${SENTENCES.deepEqual}\n\n${shortFirst}\n\nshould loosely deep-equal\n\n${shortSecond}`;
  }
  if (operator === 'notDeepEqual') {
    return `${LOOSELY_UNEQUAL}\n\n${shortFirst}\n\nshould not loosely deep-equal\n\n${shortSecond}`;
  }
  return `${shortFirst} ${operator} ${shortSecond}`;
}

/** Whether the message for `operator` shows the difference even behind a message of the caller's. */
function showsDifference(operator) {
  return COMPARING.has(operator);
}

module.exports = { operatorMessage, showsDifference };
