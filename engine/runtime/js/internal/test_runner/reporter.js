'use strict';

// What became of the tests, for people (https://nodejs.org/api/test.html#test-reporters): the form `spec`.

const path = require('path');

class Reporter {
  #began = performance.now();
  #counts = { tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0 };
  #failed = [];

  start() {}

  finish(test) {
    if (test.parent === null) return;
    this.#count(test);
    const indent = '  '.repeat(test.depth);
    for (let parent = test.parent, lines = []; ; parent = parent.parent) {
      if (parent === null || parent.parent === null || parent.headShown) {
        this.#write(lines.reverse().join(''));
        break;
      }
      parent.headShown = true;
      lines.push(`${'  '.repeat(parent.depth)}▶ ${parent.name}\n`);
    }
    this.#write(`${indent}${line(test)}\n`);
    for (const text of test.diagnostics) this.#write(`${indent}ℹ ${text}\n`);
  }

  #write(text) {
    if (text !== '') process.stdout.write(text);
  }

  #count(test) {
    const counts = this.#counts;
    if (test.isSuite) {
      counts.suites++;
    } else {
      counts.tests++;
      if (test.skip !== false && test.skip !== '') counts.skipped++;
      else if (test.todo !== false && test.todo !== '') counts.todo++;
      else if (test.cancelled) counts.cancelled++;
      else if (test.passed) counts.pass++;
      else counts.fail++;
    }
    const isReported = !test.passed && test.error.failureType !== 'subtestsFailed';
    if (isReported) this.#failed.push(test);
  }

  /** The sums, and every failure with its error. */
  sum() {
    const duration = performance.now() - this.#began;
    for (const name of Object.keys(this.#counts)) this.#write(`ℹ ${name} ${this.#counts[name]}\n`);
    this.#write(`ℹ duration_ms ${duration}\n`);
    if (this.#failed.length === 0) return;
    this.#write('\n✖ failing tests:\n');
    for (const test of this.#failed) {
      const { file, line: row, column } = test.place;
      const place = file === undefined ? '' : `test at ${path.relative(process.cwd(), file)}:${row}:${column}\n`;
      const { inspect } = require('util');
      const { cause } = test.error;
      const text = inspect(cause instanceof Error || cause !== undefined ? cause : test.error);
      const indented = text.split('\n').map((part) => `  ${part}`).join('\n');
      this.#write(`\n${place}${line(test)}\n${indented}\n`);
    }
  }
}

function line(test) {
  const duration = `(${test.duration}ms)`;
  if (test.skip !== false && test.skip !== '') return `﹣ ${test.name} ${duration} # ${test.skip === true ? 'SKIP' : test.skip}`;
  const mark = test.passed ? '✔' : '✖';
  if (test.todo !== false && test.todo !== '') return `${test.passed ? '✔' : '⚠'} ${test.name} ${duration} # ${test.todo === true ? 'todo'.toUpperCase() : test.todo}`;
  return `${mark} ${test.name} ${duration}`;
}

module.exports = { Reporter };
