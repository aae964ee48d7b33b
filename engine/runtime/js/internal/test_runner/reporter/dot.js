'use strict';

// Results as a dot for each test that passed and an `X` for each that did not.

const { colors, errorOf, lineOf } = require('internal/test_runner/reporter/lines');

const FEWEST_COLUMNS = 20;
const RESET = '\u001b[0m';

async function* dot(source) {
  let written = 0;
  const failed = [];
  for await (const { type, data } of source) {
    const { green, red } = colors();
    const end = red === '' ? '' : RESET;
    if (type === 'test:pass') {
      yield `${green}.${end}`;
    } else if (type === 'test:fail') {
      failed.push(data);
      yield `${red}X${end}`;
    } else {
      continue;
    }
    // Terminals change their width.
    const columns = Math.max(process.stdout.columns ?? FEWEST_COLUMNS, FEWEST_COLUMNS);
    if (++written >= columns) {
      written = 0;
      yield '\n';
    }
  }
  yield '\n';
  if (failed.length === 0) return;
  const { red, white } = colors();
  yield `\n${red}Failed tests:${white}\n\n`;
  for (const data of failed) yield `${lineOf(data, false)}\n${errorOf(data, '')}\n`;
}

module.exports = { dot };
