'use strict';

// Prepared statements (https://nodejs.org/api/sqlite.html#class-statementsync).

const { check, coded, state, typeError } = require('internal/sqlite/checks');

const kMake = Symbol('make');
/** Numbers of a statement's counters (https://www.sqlite.org/c3ref/c_stmtstatus_counter.html). */
const COUNTERS = {
  fullscanStep: 1, sort: 2, autoindex: 3, vmStep: 4, reprepare: 5, run: 6, filterMiss: 7, filterHit: 8, memused: 99,
};

/** So many rows are fetched at a time by an iterator that may stop early: one, so that nothing is done for nothing. */
const ONE = 1;

/** Statements that nobody has any more are ended. */
const unused = new FinalizationRegistry((number) => ops.sqlite_finalize(number));

class StatementSync {
  #number;
  #database;
  #names;
  #bare;
  #unknown;
  #bigints;
  #arrays;
  #columns;
  /** Changes when the statement begins anew: iterators of before are over. */
  #run = 0;

  constructor(mark, database, number, options) {
    if (mark !== kMake) throw coded(Error, 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor');
    this.#database = database;
    this.#number = number;
    this.#bare = options.allowBareNamedParameters;
    this.#unknown = options.allowUnknownNamedParameters;
    this.#bigints = options.readBigInts;
    this.#arrays = options.returnArrays;
    unused.register(this, number, this);
    const define = (name, get) => Object.defineProperty(this, name, { get, enumerable: true, configurable: true });
    define('sourceSQL', () => ops.sqlite_text(this.#open(), false));
    define('expandedSQL', () => ops.sqlite_text(this.#open(), true));
  }

  static make(database, number, options) {
    return new StatementSync(kMake, database, number, options);
  }

  #open() {
    if (this.#number === undefined || !this.#database.isOpen || !this.#database.has(this)) throw state('statement has been finalized');
    return this.#number;
  }

  /** The parameter's index for each name without its sign. */
  #bareNames() {
    const bare = new Map();
    this.#names.forEach((name, index) => {
      if (name === null) return;
      const plain = name.slice(1);
      const other = bare.get(plain);
      if (other !== undefined && this.#names[other - 1] !== name) {
        throw state(`Cannot create bare named parameter '${plain}' because of conflicting names '${this.#names[other - 1]}' and '${name}'.`);
      }
      bare.set(plain, index + 1);
    });
    return bare;
  }

  #bindNamed(number, values) {
    const bare = this.#bare ? this.#bareNames() : undefined;
    for (const name of Object.keys(values)) {
      let index = this.#names.indexOf(name) + 1;
      if (index === 0) index = bare?.get(name) ?? 0;
      if (index === 0) {
        if (this.#unknown) continue;
        throw state(`Unknown named parameter '${name}'`);
      }
      bind(number, index, values[name]);
    }
  }

  /** Begins a run with these parameters; returns the statement's number. */
  #begin(values) {
    const number = this.#open();
    this.#run++;
    ops.sqlite_reset(number, true);
    this.#names ??= ops.sqlite_parameters(number);
    let first = 0;
    const [named] = values;
    if (isNamed(named)) {
      this.#bindNamed(number, named);
      first = 1;
    }
    let index = 1;
    for (let at = first; at < values.length; at++) {
      // Those with names are counted, too, but filled by name.
      while (typeof this.#names[index - 1] === 'string' && !/^\?\d/.test(this.#names[index - 1])) index++;
      bind(number, index++, values[at]);
    }
    return number;
  }

  #shape(number, rows) {
    if (this.#arrays) return rows;
    this.#columns ??= ops.sqlite_columns(number).map(([name]) => name);
    const names = this.#columns;
    return rows.map((row) => {
      const object = { __proto__: null };
      for (let index = 0; index < names.length; index++) {
        if (names[index] === '__proto__') Object.defineProperty(object, '__proto__', { value: row[index], configurable: true, enumerable: true, writable: true });
        else object[names[index]] = row[index];
      }
      return object;
    });
  }

  #fetch(number, most, countOnly) {
    try {
      return ops.sqlite_rows(number, most, this.#bigints, countOnly);
    } catch (error) {
      ops.sqlite_reset(number, false);
      throw error;
    }
  }

  all(...values) {
    const number = this.#begin(values);
    const rows = this.#fetch(number, Infinity, false);
    ops.sqlite_reset(number, false);
    return this.#shape(number, rows);
  }

  get(...values) {
    const number = this.#begin(values);
    const rows = this.#fetch(number, ONE, false);
    ops.sqlite_reset(number, false);
    return this.#shape(number, rows)[0];
  }

  run(...values) {
    const number = this.#begin(values);
    this.#fetch(number, Infinity, true);
    ops.sqlite_reset(number, false);
    const [changes, lastInsertRowid] = ops.sqlite_changes(this.#database.number);
    return this.#bigints ? { changes, lastInsertRowid } : { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
  }

  iterate(...values) {
    const number = this.#begin(values);
    const run = this.#run;
    let isOver = false;
    const end = () => {
      isOver = true;
      return { __proto__: null, done: true, value: null };
    };
    return Object.assign(Object.create(iteratorPrototype), {
      next: () => {
        if (isOver) return end();
        this.#open();
        if (run !== this.#run) throw state('iterator was invalidated');
        const rows = this.#fetch(number, ONE, false);
        if (rows.length > 0) return { __proto__: null, done: false, value: this.#shape(number, rows)[0] };
        ops.sqlite_reset(number, false);
        return end();
      },
      return: () => {
        if (!isOver && run === this.#run) ops.sqlite_reset(this.#open(), false);
        return end();
      },
    });
  }

  columns() {
    return ops.sqlite_columns(this.#open()).map(([name, column, table, database, type]) => ({
      __proto__: null, column, database, name, table, type,
    }));
  }

  setAllowBareNamedParameters(enabled) {
    this.#open();
    check(typeof enabled === 'boolean', 'allowBareNamedParameters', 'a boolean');
    this.#bare = enabled;
  }

  setAllowUnknownNamedParameters(enabled) {
    this.#open();
    check(typeof enabled === 'boolean', 'enabled', 'a boolean');
    this.#unknown = enabled;
  }

  setReadBigInts(enabled) {
    this.#open();
    check(typeof enabled === 'boolean', 'readBigInts', 'a boolean');
    this.#bigints = enabled;
  }

  setReturnArrays(enabled) {
    this.#open();
    check(typeof enabled === 'boolean', 'returnArrays', 'a boolean');
    this.#arrays = enabled;
  }

  stat(counter) {
    const number = this.#open();
    check(typeof counter === 'string', 'counter', 'a string');
    if (!Object.hasOwn(COUNTERS, counter)) {
      throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', 'The "counter" argument is not a valid statistic name.');
    }
    return ops.sqlite_status(number, COUNTERS[counter], false);
  }

  resetStats() {
    const number = this.#open();
    for (const counter of Object.values(COUNTERS)) ops.sqlite_status(number, counter, true);
  }

  [Symbol.dispose]() {
    if (this.#number !== undefined && this.#database.isOpen && this.#database.has(this)) this.close();
  }

  close() {
    const number = this.#open();
    if (!ops.sqlite_finalize(number)) throw state('statement is running');
    unused.unregister(this);
    this.#number = undefined;
  }
}

const iteratorPrototype = Object.create(Iterator.prototype);

/** Whether the first parameter holds others by name. */
function isNamed(value) {
  return (typeof value === 'object' || typeof value === 'function') && value !== null && !ArrayBuffer.isView(value);
}

function bind(number, index, value) {
  if (ops.sqlite_bind(number, index, value)) return;
  if (typeof value === 'bigint') throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', 'BigInt value is too large to bind.');
  throw typeError(`Provided value cannot be bound to SQLite parameter ${index}.`);
}

const { make } = StatementSync;
delete StatementSync.make;

module.exports = { StatementSync, make };
