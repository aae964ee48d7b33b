'use strict';

// How a REPL shows what was thrown.

const { marked } = require('internal/repl/syntax');

const OWN_FRAME = /^ {4}at .*REPL\d+:\d+:\d+\)?$/;
const INTERNAL_FRAME = /^ {4}at .*(?:\(node:|at node:)/;

/** A stack without the frames of the REPL itself: those below the typed text's own. */
function trimmed(stack) {
  const lines = stack.split('\n');
  const last = lines.findLastIndex((line, index) => OWN_FRAME.test(line) && INTERNAL_FRAME.test(lines[index + 1] ?? ''));
  return last === -1 ? stack : lines.slice(0, last).join('\n');
}

/** What is printed for an error that nothing caught. */
function shown(error, writer) {
  if (!ops.util_is_error(error)) return `Uncaught ${writer(error)}\n`;
  if (error.name === 'SyntaxError' && typeof error.stack === 'string') {
    const { place, text } = marked(error);
    if (place === '') return `Uncaught ${text}\n`;
    return `${place}Uncaught${text.includes('inside the Node.js REPL') ? ':\n' : ' '}${text}\n`;
  }
  if (typeof error.stack === 'string') {
    try {
      error.stack = trimmed(error.stack);
    } catch {
      // It cannot be assigned to.
    }
  }
  let text = writer(error);
  // Without frames an error is shown in brackets.
  if (/^\[[^]*\]$/.test(text)) text = text.slice(1, -1);
  return `Uncaught ${text}\n`;
}

module.exports = { shown };
