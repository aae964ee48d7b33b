'use strict';

// A difference as text: lines with `+`, `-` or nothing before them, long equal parts left out
// (https://nodejs.org/api/assert.html#strict-assertion-mode shows one).

const { kActual, kExpected, kSame, myersDiff } = require('internal/assert/myers_diff');

/** Equal lines shown after a difference before the rest of them is left out. */
const SHOWN_EQUAL_LINES = 5;

/** Text of line steps, and whether lines were left out. */
function printLines(steps, colors, isPartial) {
  const { blue, gray, green, red, white } = colors;
  const same = (line) => `${white}  ${line}\n`;
  let text = '';
  let skipped = false;
  let equal = 0;
  for (let i = 0; i < steps.length; i++) {
    const [kind, line] = steps[i];
    if (kind === kSame) {
      if (equal++ < SHOWN_EQUAL_LINES) text += same(line);
      continue;
    }
    // What is left out ends here; the line just before a difference is shown, and no "..." stands for a single line.
    const hidden = equal - SHOWN_EQUAL_LINES;
    if (hidden > 0) {
      if (hidden === 2) text += same(steps[i - 2][1]);
      else if (hidden > 2) {
        text += `${blue}...${white}\n`;
        skipped = true;
      }
      text += same(steps[i - 1][1]);
    }
    equal = 0;
    if (kind === kExpected) text += `${red}-${white} ${line}\n`;
    else if (isPartial && gray !== '') text += `${gray}  ${line}${white}\n`;
    else text += `${green}+${white} ${line}\n`;
  }
  return { text, skipped };
}

/** The characters of both texts in one line, coloured. */
function printCharacters(actual, expected, { green, red, white }) {
  let text = '';
  for (const [kind, character] of myersDiff(actual, expected, false)) {
    text += `${kind === kActual ? green : kind === kExpected ? red : white}${character}${white}`;
  }
  return text;
}

module.exports = { printCharacters, printLines };
