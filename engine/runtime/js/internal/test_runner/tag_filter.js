'use strict';

// Expressions that choose tests by their tags (`--experimental-test-tag-filter`): names with `*`, `not`, `and`, `or`
// (also as `!`, `&&`, `||`) and parentheses. `not` binds closest, then `and`.

const TOKENS = /\s*(?:(\()|(\))|(!)|(&&)|(\|\|)|([&|])|([^\s()!&|]+))/y;
const KINDS = ['LPAREN', 'RPAREN', 'NOT', 'AND', 'OR', 'SINGLE', 'TAG'];
const WORDS = new Map([['not', 'NOT'], ['and', 'AND'], ['or', 'OR']]);
const FORBIDDEN = /[\s&|!()*]/;

class Parser {
  #text;
  #at = 0;
  #tokens = [];
  /** Makes the error for what is wrong. */
  #fail;

  constructor(text, fail) {
    this.#text = text;
    this.#fail = fail;
    TOKENS.lastIndex = 0;
    for (let found = TOKENS.exec(text); found !== null; found = TOKENS.exec(text)) {
      const index = found.findIndex((part, number) => number > 0 && part !== undefined);
      const word = found[index];
      const position = TOKENS.lastIndex - word.length;
      const kind = KINDS[index - 1];
      if (kind === 'SINGLE') {
        throw fail(`unexpected '${word}' at position ${position}; use '${word}${word}' or '${word === '&' ? 'and' : 'or'}'`);
      }
      this.#tokens.push({ kind: kind === 'TAG' ? WORDS.get(word.toLowerCase()) ?? kind : kind, word, position });
    }
    this.#tokens.push({ kind: 'EOF', word: '', position: text.length });
  }

  parse() {
    const test = this.#or();
    const { kind, position } = this.#tokens[this.#at];
    if (kind !== 'EOF') throw this.#fail(`unexpected token at position ${position}`);
    return test;
  }

  #take(kind) {
    if (this.#tokens[this.#at].kind !== kind) return false;
    this.#at++;
    return true;
  }

  #or() {
    const parts = [this.#and()];
    while (this.#take('OR')) parts.push(this.#and());
    return parts.length === 1 ? parts[0] : (tags) => parts.some((part) => part(tags));
  }

  #and() {
    const parts = [this.#operand()];
    while (this.#take('AND')) parts.push(this.#operand());
    return parts.length === 1 ? parts[0] : (tags) => parts.every((part) => part(tags));
  }

  #operand() {
    const { kind, word, position } = this.#tokens[this.#at];
    if (this.#take('NOT')) {
      if (this.#tokens[this.#at].kind === 'EOF') throw this.#fail(`expected operand after 'not' at position ${position}`);
      const inner = this.#operand();
      return (tags) => !inner(tags);
    }
    if (this.#take('LPAREN')) {
      if (this.#tokens[this.#at].kind === 'EOF') throw this.#fail(`unmatched '(' at position ${position}`);
      const inner = this.#or();
      if (!this.#take('RPAREN')) throw this.#fail(`unmatched '(' at position ${position}`);
      return inner;
    }
    if (!this.#take('TAG')) throw this.#fail(`unexpected token '${kind}' at position ${position}`);
    const name = word.toLowerCase();
    if (!name.includes('*')) return (tags) => tags.includes(name);
    const pattern = new RegExp(`^${name.split('*').map((part) => RegExp.escape(part)).join('.*')}$`);
    return (tags) => tags.some((tag) => pattern.test(tag));
  }
}

/** A function that says whether tags satisfy the expression; `name` is what held it. */
function parse(text, name) {
  const { codes } = require('internal/errors');
  return new Parser(text, (reason) => new codes.ERR_INVALID_ARG_VALUE(name, text, reason)).parse();
}

/** Refuses tags that an expression could not name. */
function checkTag(tag, name) {
  const { codes } = require('internal/errors');
  if (tag === '') throw new codes.ERR_INVALID_ARG_VALUE(name, tag, 'must not be empty');
  if (FORBIDDEN.test(tag) || WORDS.has(tag.toLowerCase())) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, tag, 'contains a forbidden character. Tags must not contain whitespace, ' +
      "operator characters (&, |, !, (, ), *), or be the reserved words 'and', 'or', or 'not'");
  }
}

module.exports = { checkTag, parse };
