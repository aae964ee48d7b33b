'use strict';

// Regular expressions in colours: brackets in one that changes with every level, what they hold in the next ones.

const { colors } = require('internal/util/inspect/options');

// How far the colour of a kind of token is from that of its level.
const LEVEL = 0;
const BRACKET = 1;
const LITERAL = 2;
const ACCENT = 3;
const OPERATOR = 4;

const LONG_ESCAPE = /^\\(?:x[^]{2}|\d+)/;
const BRACED_ESCAPE = /^\\([pPu])\{([^}]*)\}/;
const NAMED_REFERENCE = /^\\k<([^>]*)>/;
const GROUP_HEAD = /^\?(?:<?[=!]|:)/;
const GROUP_NAME = /^\?<([^>]*)>/;
const QUANTIFIER = /^\{(?=[\d,])(\d*)(,?)(\d*)\}/;

/** The tokens of `source` go to `put(text, offset, level)`. */
class Scanner {
  constructor(source, put) {
    this.source = source;
    this.put = put;
    this.at = 0;
    this.level = 0;
  }

  token(text, offset) {
    if (text === '') return;
    this.put(text, offset, this.level);
    this.at += text.length;
  }

  match(pattern) {
    return pattern.exec(this.source.slice(this.at));
  }

  /** An escape; in a set its braces count as one level more. */
  escape(deeper = 0) {
    let found = this.match(BRACED_ESCAPE);
    if (found !== null) {
      this.token(`\\${found[1]}{`, BRACKET + deeper);
      this.token(found[2], LITERAL + deeper);
      this.token('}', BRACKET + deeper);
      return;
    }
    found = this.match(NAMED_REFERENCE);
    if (found !== null) {
      this.token('\\k<', LEVEL);
      this.token(found[1], BRACKET);
      this.token('>', LEVEL);
      return;
    }
    found = this.match(LONG_ESCAPE);
    this.token(found === null ? this.source.slice(this.at, this.at + 2) : found[0], LITERAL);
  }

  set() {
    this.token('[', BRACKET);
    let isFirst = true;
    if (this.source[this.at] === '^') {
      this.token('^', LITERAL);
      isFirst = false;
    }
    while (this.at < this.source.length && this.source[this.at] !== ']') {
      const character = this.source[this.at];
      if (character === '\\') this.escape(1);
      else if (character === '-' && !isFirst && this.source[this.at + 1] !== ']') this.token('-', ACCENT);
      else this.token(character, LITERAL);
      isFirst = false;
    }
    if (this.at < this.source.length) this.token(']', BRACKET);
  }

  openGroup() {
    this.token('(', BRACKET);
    const name = this.match(GROUP_NAME);
    const head = name === null || name[1].startsWith('=') || name[1].startsWith('!') ? this.match(GROUP_HEAD) : null;
    if (head !== null) {
      this.token(head[0], BRACKET);
    } else if (name !== null) {
      this.token('?<', BRACKET);
      this.token(name[1], LITERAL);
      this.token('>', BRACKET);
    } else if (this.source[this.at] === '?') {
      // Modifiers.
      this.token('?', LITERAL);
    }
    this.level += 1;
  }

  braces() {
    const found = this.match(QUANTIFIER);
    if (found === null) {
      this.token('{', LITERAL);
      return;
    }
    this.token('{', BRACKET);
    this.token(found[1], ACCENT);
    this.token(found[2], LITERAL);
    this.token(found[3], ACCENT);
    this.token('}', BRACKET);
  }

  scan() {
    while (this.at < this.source.length) {
      const character = this.source[this.at];
      switch (character) {
        case '\\':
          this.escape();
          break;
        case '[':
          this.set();
          break;
        case '(':
          this.openGroup();
          break;
        case ')':
          if (this.level > 0) this.level -= 1;
          this.token(')', BRACKET);
          break;
        case '{':
          this.braces();
          break;
        case '.':
          this.token('.', ACCENT);
          break;
        case '*':
        case '+':
        case '?':
        case '|':
        case '^':
        case '$':
          this.token(character, OPERATOR);
          break;
        default:
          this.token(character, LITERAL);
      }
    }
  }
}

/** `/source/flags` with escape sequences for colours; `palette` names the colours. */
function highlight(text, palette) {
  let shown = '';
  const put = (token, offset, level) => {
    const [before, after] = colors[palette[(level + offset) % palette.length]] ?? colors.reset;
    shown += `\u001b[${before}m${token}\u001b[${after}m`;
  };
  const start = text.indexOf('/');
  const end = text.lastIndexOf('/');
  shown += text.slice(0, start);
  put('/', LEVEL, 0);
  new Scanner(text.slice(start + 1, end), put).scan();
  put('/', LEVEL, 0);
  if (end + 1 < text.length) put(text.slice(end + 1), BRACKET, 0);
  return shown;
}

module.exports = { highlight };
