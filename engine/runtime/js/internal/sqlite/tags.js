'use strict';

// Statements made of template literals, kept by their text (https://nodejs.org/api/sqlite.html#class-sqltagstore).

const { coded, typeError } = require('internal/sqlite/checks');

class SQLTagStore {
  #statements = new Map();
  #database;
  #capacity;

  constructor(database, capacity) {
    if (!Number.isInteger(capacity)) throw typeError('The "maxSize" argument must be a positive integer.');
    if (capacity <= 0) throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'The "maxSize" argument must be a positive integer.');
    this.#database = database;
    this.#capacity = capacity;
    const define = (name, get) => Object.defineProperty(this, name, { get, enumerable: true, configurable: true });
    define('capacity', () => this.#capacity);
    define('db', () => this.#database);
    define('size', () => this.#statements.size);
  }

  #statement(strings) {
    if (!Array.isArray(strings)) throw typeError('First argument must be an array of strings (template literal).');
    const sql = strings.join('?');
    let statement = this.#statements.get(sql);
    if (statement === undefined) statement = this.#database.prepare(sql);
    else this.#statements.delete(sql);
    // The one that was used last is at the end.
    this.#statements.set(sql, statement);
    if (this.#statements.size > this.#capacity) this.#statements.delete(this.#statements.keys().next().value);
    return statement;
  }

  get(strings, ...values) {
    return this.#statement(strings).get(...values);
  }

  all(strings, ...values) {
    return this.#statement(strings).all(...values);
  }

  iterate(strings, ...values) {
    return this.#statement(strings).iterate(...values);
  }

  run(strings, ...values) {
    return this.#statement(strings).run(...values);
  }

  clear() {
    this.#statements.clear();
  }
}

module.exports = { SQLTagStore };
