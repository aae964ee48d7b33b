'use strict';

// Failures are run again, what has passed is not (https://nodejs.org/api/test.html#rerunning-failed-tests): a file keeps,
// for each attempt, what had passed by then, by where it is made.

const path = require('path');
const { codes } = require('internal/errors');

/** What is kept of a test inside another. */
const kept = ({ nesting, name, testId, parentId, tags, line, column, file }) =>
  ({ nesting, name, testId, parentId, tags, line, column, file });

/** Names places: those where several tests are made get numbers from the second on. */
class Places {
  #counts = new Map();
  #cwd;

  constructor(cwd) {
    this.#cwd = cwd;
  }

  keyOf({ file, line, column }) {
    if (file === undefined) return undefined;
    const place = `${path.relative(this.#cwd, file)}:${line}:${column}`;
    const count = this.#counts.get(place) ?? 0;
    this.#counts.set(place, count + 1);
    return count === 0 ? place : `${place}:(${count})`;
  }
}

class Rerun {
  #file;
  #attempts;
  /** Of tests as they begin, and as they are told of. */
  #made;
  #told;
  #current = {};
  /** Tests inside others, by file and number of the outer one. */
  #inside = new Map();

  constructor(file, cwd) {
    this.#file = path.resolve(cwd, file);
    this.#made = new Places(cwd);
    this.#told = new Places(cwd);
    this.#attempts = read(this.#file);
  }

  /** How often the tests have run before. */
  get attempt() {
    return this.#attempts.length;
  }

  /** What is known of the test that is made here, if it has passed before. */
  before(place) {
    const key = this.#made.keyOf(place);
    return key === undefined ? undefined : this.#attempts.at(-1)?.[key];
  }

  /** Hears what is told of a run. */
  note(type, data) {
    if (type === 'test:start') {
      const outer = `${data.file}:${data.parentId}`;
      if (!this.#inside.has(outer)) this.#inside.set(outer, []);
      this.#inside.get(outer).push(kept(data));
      return;
    }
    if (type !== 'test:pass' && type !== 'test:fail') return;
    const key = this.#told.keyOf(data);
    if (type === 'test:fail' || key === undefined) return;
    this.#current[key] = {
      name: data.name,
      children: this.#inside.get(`${data.file}:${data.testId}`) ?? [],
      passed_on_attempt: data.details.passed_on_attempt ?? this.attempt,
      duration_ms: data.details.duration_ms,
    };
  }

  /** Keeps what has passed until now. */
  write() {
    require('fs').writeFileSync(this.#file, JSON.stringify([...this.#attempts, this.#current], null, 2));
  }
}

function read(file) {
  let text;
  try {
    text = require('fs').readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  try {
    const attempts = JSON.parse(text);
    if (Array.isArray(attempts)) return attempts;
  } catch {
    // Said below.
  }
  throw new codes.ERR_INVALID_ARG_VALUE('--test-rerun-failures', file, 'must be a file that holds the results of earlier runs');
}

/** Stands for a test that has passed: those inside it are told of, too. */
function replay(test, { children }) {
  const { create } = require('internal/test_runner/harness');
  return Promise.all(children.map(({ name, tags, file, line, column }) =>
    create(test, [name, tags.length > 0 ? { tags } : {}], false, undefined, { file, line, column })));
}

module.exports = { Rerun, replay };
