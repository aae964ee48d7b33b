'use strict';

// The words of a command line as tokens: options with their values, positionals, the terminator `--`
// (https://nodejs.org/api/util.html#parseargs-tokens).

/** The long name that a short one stands for; the short one itself when there is none. */
function longNameOf(short, options) {
  for (const [name, option] of options) if (option.short === short) return name;
  return short;
}

function isShortGroup(word) {
  return word.length > 1 && word[0] === '-' && word[1] !== '-';
}

function takesValue(name, options) {
  return options.get(name)?.type === 'string';
}

function optionToken(name, rawName, index, value, inlineValue) {
  return { kind: 'option', name, rawName, index, value, inlineValue };
}

/** Reads the words one after the other. */
class Tokenizer {
  constructor(words, options) {
    this.words = words;
    this.options = options;
    this.index = 0;
    this.tokens = [];
  }

  /** The token of an option whose value, if it takes one, is the next word. */
  separate(name, rawName) {
    const { index, words } = this;
    if (takesValue(name, this.options) && index + 1 < words.length) {
      this.index += 1;
      this.tokens.push(optionToken(name, rawName, index, words[index + 1], false));
    } else {
      this.tokens.push(optionToken(name, rawName, index, undefined, undefined));
    }
  }

  /** `-abc`: options without value, the last one may have the rest of the word or the next word. */
  short(word) {
    for (let i = 1; i < word.length; i++) {
      const letter = word[i];
      const name = longNameOf(letter, this.options);
      if (i === word.length - 1) {
        this.separate(name, `-${letter}`);
      } else if (takesValue(name, this.options)) {
        this.tokens.push(optionToken(name, `-${letter}`, this.index, word.slice(i + 1), true));
        return;
      } else {
        this.tokens.push(optionToken(name, `-${letter}`, this.index, undefined, undefined));
      }
    }
  }

  /** `--name` or `--name=value`. */
  long(word) {
    const equals = word.indexOf('=', 3);
    if (equals === -1) {
      this.separate(word.slice(2), word);
      return;
    }
    const name = word.slice(2, equals);
    this.tokens.push(optionToken(name, `--${name}`, this.index, word.slice(equals + 1), true));
  }

  run() {
    for (; this.index < this.words.length; this.index++) {
      const word = String(this.words[this.index]);
      if (word === '--') {
        this.tokens.push({ kind: 'option-terminator', index: this.index });
        this.rest();
        break;
      }
      if (isShortGroup(word)) this.short(word);
      else if (word.startsWith('--')) this.long(word);
      else this.tokens.push({ kind: 'positional', index: this.index, value: this.words[this.index] });
    }
    return this.tokens;
  }

  rest() {
    for (let i = this.index + 1; i < this.words.length; i++) {
      this.tokens.push({ kind: 'positional', index: i, value: this.words[i] });
    }
  }
}

/** All tokens of `words`; `options` is a map of the known options. */
function tokenize(words, options) {
  return new Tokenizer(words, options).run();
}

module.exports = { tokenize };
