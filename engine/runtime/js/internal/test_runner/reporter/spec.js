'use strict';

// Results for people, as an outline.

const path = require('path');
const { Transform } = require('stream');
const { colors, errorOf, lineOf } = require('internal/test_runner/reporter/lines');

class SpecReporter extends Transform {
  /** Tests that have begun and of which nothing has been written yet, the outermost first. */
  #heads = [];
  #failed = [];
  #words = '';

  constructor() {
    super({ __proto__: null, writableObjectMode: true });
  }

  _transform({ type, data }, _encoding, callback) {
    // Words of the run itself are written together.
    if (type === 'test:diagnostic' && data.nesting === 0) {
      this.#words += this.#diagnostic(data);
      callback();
      return;
    }
    const words = this.#words;
    this.#words = '';
    callback(null, words + this.#write(type, data));
  }

  _flush(callback) {
    if (this.#failed.length === 0) {
      callback(null, this.#words);
      return;
    }
    const { red, white } = colors();
    const parts = this.#failed.map((data) => {
      const { column, file, line } = data;
      const place = file === undefined || line === undefined ? '' :
        `test at ${path.relative(process.cwd(), file)}:${line}:${column}\n`;
      return `\n${place}${lineOf(data, false)}\n${errorOf(data, '')}\n`;
    });
    callback(null, `${this.#words}\n${red}✖ failing tests:${white}\n${parts.join('')}`);
  }

  #write(type, data) {
    switch (type) {
      case 'test:start':
        this.#heads.push(data);
        return '';
      case 'test:pass':
      case 'test:fail':
        return this.#result(data, type === 'test:pass');
      case 'test:diagnostic':
        return this.#diagnostic(data);
      case 'test:coverage': {
        const { blue, white } = colors();
        const lines = require('internal/test_runner/reporter/coverage_table').table(data.summary);
        return `${blue}${lines.map((line) => `ℹ ${line}\n`).join('')}${white}`;
      }
      case 'test:stdout':
      case 'test:stderr':
        return data.message;
      case 'test:interrupted':
        return interrupted(data);
      default:
        return '';
    }
  }

  #result(data, hasPassed) {
    const isInner = data.details.error?.failureType === 'subtestsFailed';
    if (!hasPassed && !isInner) this.#failed.push(data);
    // The test's own head is not needed when nothing stood in it.
    const own = this.#heads.at(-1);
    if (own !== undefined && own.nesting === data.nesting) this.#heads.pop();
    const heads = this.#heads.map(({ name, nesting }) => `${'  '.repeat(nesting)}▶ ${name}\n`).join('');
    this.#heads.length = 0;
    return `${heads}${'  '.repeat(data.nesting)}${lineOf(data, hasPassed)}\n`;
  }

  #diagnostic({ level, message, nesting }) {
    const { blue, red, white, yellow } = colors();
    const color = { warn: yellow, error: red }[level] ?? blue;
    const text = typeof message === 'string' ? message : String(message);
    return `${color}${'  '.repeat(nesting)}ℹ ${text}${white}\n`;
  }
}

/** What ran when the user had enough. */
function interrupted({ tests }) {
  const { red, white } = colors();
  const lines = tests.map(({ file, line, column, name }) => {
    const place = file === undefined ? '' : ` at ${path.relative(process.cwd(), file)}:${line}:${column}`;
    return `${red}✖ ${name}${white}${place}\n`;
  });
  return `\n${red}Interrupted while running:${white}\n${lines.join('')}`;
}

module.exports = { SpecReporter };
