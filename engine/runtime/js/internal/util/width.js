'use strict';

// How many columns of a terminal a text takes.

const { stripControl } = require('internal/util/inspect/options');

const ASCII_ONLY = /^[\x20-\x7e]*$/;
const ZERO_WIDTH = /^[\p{Cc}\p{Cf}\p{Me}\p{Mn}]$/u;
const SYMBOL_IN_COLOR = /^\p{Emoji_Presentation}$/u;

// First and last code points of the wide and fullwidth characters (https://www.unicode.org/reports/tr11/).
const WIDE = [
  [0x1100, 0x115f], [0x231a, 0x231b], [0x2329, 0x232a], [0x23e9, 0x23ec], [0x23f0, 0x23f0], [0x23f3, 0x23f3],
  [0x25fd, 0x25fe], [0x2614, 0x2615], [0x2e80, 0x303e], [0x3041, 0x33ff], [0x3400, 0x4dbf], [0x4e00, 0x9fff],
  [0xa000, 0xa4cf], [0xa960, 0xa97c], [0xac00, 0xd7a3], [0xf900, 0xfaff], [0xfe10, 0xfe19], [0xfe30, 0xfe6f],
  [0xff00, 0xff60], [0xffe0, 0xffe6], [0x16fe0, 0x18cff], [0x1aff0, 0x1b2ff], [0x1f200, 0x1f320],
  [0x20000, 0x2fffd], [0x30000, 0x3fffd],
];

function isWide(code) {
  return code >= WIDE[0][0] && WIDE.some(([first, last]) => code >= first && code <= last);
}

/** The number of columns; control sequences count nothing when `strip` is left true. */
function textWidth(text, strip = true) {
  if (strip) text = stripControl(text);
  if (ASCII_ONLY.test(text)) return text.length;
  let width = 0;
  for (const character of text.normalize('NFC')) {
    const code = character.codePointAt(0);
    if (code >= 0x20 && code < 0x7f) width += 1;
    else if (isWide(code) || SYMBOL_IN_COLOR.test(character)) width += 2;
    else if (!ZERO_WIDTH.test(character)) width += 1;
  }
  return width;
}

module.exports = { textWidth };
