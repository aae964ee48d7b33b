'use strict';

// The tokens of a URL pattern (https://urlpattern.spec.whatwg.org/#tokens).

const NAME_START = /^[\p{ID_Start}$_]$/u;
const NAME_PART = /^[\p{ID_Continue}$\u200c\u200d]$/u;

const SINGLE = { '*': 'asterisk', '+': 'other-modifier', '?': 'other-modifier', '{': 'open', '}': 'close' };

/** Whether a character can be part of a group's name. */
const isNamePart = (character) => NAME_PART.test(character);

/** Where the regular expression ends that begins at `start`, -1 when it is not one that patterns allow. */
function regexpEnd(characters, start) {
  let depth = 1;
  for (let i = start; i < characters.length; i++) {
    let character = characters[i];
    if (character > '\x7f' || (i === start && character === '?')) return -1;
    if (character === '\\') {
      i++;
      if (i >= characters.length || characters[i] > '\x7f') return -1;
      continue;
    }
    if (character === ')') {
      depth--;
      if (depth === 0) return i === start ? -1 : i;
    } else if (character === '(') {
      depth++;
      // Groups inside must be of a kind that captures nothing.
      character = characters[i + 1];
      if (character !== '?') return -1;
    }
  }
  return -1;
}

/**
 * The tokens of `input`: `{ type, index, value }`, the index in code points.
 *
 * @param {string} input
 * @param {boolean} isLenient Whether what is no token becomes an `invalid-char` instead of an error.
 */
function tokenize(input, isLenient) {
  const characters = [...input];
  const tokens = [];
  const invalid = (index) => {
    if (!isLenient) throw new TypeError(`unexpected ${characters[index]}`);
    tokens.push({ type: 'invalid-char', index, value: characters[index] });
  };
  for (let i = 0; i < characters.length;) {
    const character = characters[i];
    const index = i++;
    if (character in SINGLE) {
      tokens.push({ type: SINGLE[character], index, value: character });
    } else if (character === '\\') {
      if (i >= characters.length) invalid(index);
      else tokens.push({ type: 'escaped-char', index, value: characters[i++] });
    } else if (character === ':') {
      if (i < characters.length && NAME_START.test(characters[i])) i++;
      while (i > index + 1 && i < characters.length && isNamePart(characters[i])) i++;
      if (i === index + 1) invalid(index);
      else tokens.push({ type: 'name', index, value: characters.slice(index + 1, i).join('') });
    } else if (character === '(') {
      const end = regexpEnd(characters, i);
      if (end === -1) {
        invalid(index);
      } else {
        tokens.push({ type: 'regexp', index, value: characters.slice(i, end).join('') });
        i = end + 1;
      }
    } else {
      tokens.push({ type: 'char', index, value: character });
    }
  }
  tokens.push({ type: 'end', index: characters.length, value: '' });
  return tokens;
}

module.exports = { isNamePart, tokenize };
