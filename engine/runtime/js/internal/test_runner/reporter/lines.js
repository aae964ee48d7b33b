'use strict';

// Lines for people: one per test, and its error.

const { colorsFor } = require('internal/util/colors');

const YELLOW = '\u001b[33m';

/** Colours for what the reporters write, which mostly goes to the terminal. */
function colors() {
  const found = colorsFor(process.stdout);
  return { ...found, yellow: found.red === '' ? '' : YELLOW };
}

function directiveOf({ skip, todo, expectFailure }) {
  if (skip !== undefined) return ` # ${typeof skip === 'string' && skip !== '' ? skip : 'SKIP'}`;
  if (todo !== undefined) return ` # ${typeof todo === 'string' && todo !== '' ? todo : 'todo'.toUpperCase()}`;
  if (expectFailure !== undefined) return ' # EXPECTED FAILURE';
  return '';
}

/** `✔ name (1ms)` */
function lineOf({ name, details, skip, todo, expectFailure }, hasPassed) {
  const { gray, green, red, white, yellow } = colors();
  let mark = hasPassed ? '✔' : '✖';
  let color = hasPassed ? green : red;
  if (skip !== undefined) [mark, color] = ['﹣', gray];
  else if (todo !== undefined && !hasPassed) [mark, color] = ['⚠', yellow];
  const directive = directiveOf({ skip, todo, expectFailure });
  // What never began took no time.
  const duration = details.duration_ms === 0 ? '' : ` ${gray}(${details.duration_ms}ms)${white}`;
  return `${color}${mark} ${name}${duration}${directive}${white}`;
}

/** The error of a failed test, indented. */
function errorOf({ details: { error } }, indent) {
  if (error === undefined) return '';
  const { inspect } = require('util');
  const { shouldColorize } = require('internal/util/colors');
  const shown = error.code === 'ERR_TEST_FAILURE' && error.cause !== undefined && error.failureType !== undefined ?
    error.cause : error;
  const options = { colors: shouldColorize(process.stdout), breakLength: Infinity };
  let text;
  try {
    text = inspect(shown, options);
  } catch {
    // An object may fail at being shown in its own way.
    text = inspect(shown, { ...options, customInspect: false });
  }
  return text.split('\n').map((line) => `${indent}  ${line}`).join('\n');
}

module.exports = { colors, errorOf, lineOf };
