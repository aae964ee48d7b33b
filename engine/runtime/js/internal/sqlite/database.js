'use strict';

// Databases (https://nodejs.org/api/sqlite.html#class-databasesync).

const { booleanIn, check, coded, pathOf, state, typeError } = require('internal/sqlite/checks');
const { limitsIn, limitsOf } = require('internal/sqlite/limits');
const { make } = require('internal/sqlite/statement');

const kDatabase = Symbol('database');
const unused = new FinalizationRegistry((number) => ops.sqlite_close(number));

/** What a database is to its statements and copies. */
class Connection {
  number = undefined;
  statements = new WeakSet();

  get isOpen() {
    return this.number !== undefined;
  }

  /** Whether the statement was made since the database was opened. */
  has(statement) {
    return this.statements.has(statement);
  }
}

function optionsIn(options) {
  const { limits, timeout = 0 } = options;
  const found = {
    open: booleanIn(options, 'open', true),
    readOnly: booleanIn(options, 'readOnly', false),
    foreignKeys: booleanIn(options, 'enableForeignKeyConstraints', true),
    doubleQuoted: booleanIn(options, 'enableDoubleQuotedStringLiterals', false),
    extensions: booleanIn(options, 'allowExtension', false),
    defensive: booleanIn(options, 'defensive', true),
    timeout,
    statement: {
      readBigInts: booleanIn(options, 'readBigInts', false),
      returnArrays: booleanIn(options, 'returnArrays', false),
      allowBareNamedParameters: booleanIn(options, 'allowBareNamedParameters', true),
      allowUnknownNamedParameters: booleanIn(options, 'allowUnknownNamedParameters', false),
    },
  };
  check(Number.isInteger(timeout), 'options.timeout', 'an integer');
  if (limits !== undefined) check(typeof limits === 'object' && limits !== null, 'options.limits', 'an object');
  return { ...found, limits: limits === undefined ? [] : limitsIn(limits) };
}

class Database {
  #path;
  #options;
  #connection = new Connection();
  #limits;

  constructor(path, options = {}) {
    this.#path = pathOf(path);
    check(typeof options === 'object' && options !== null, 'options', 'an object');
    this.#options = optionsIn(options);
    this.#limits = limitsOf(() => this.#number());
    const define = (name, get, enumerable = true) => Object.defineProperty(this, name, { get, enumerable, configurable: true });
    define('isOpen', () => this.#connection.isOpen);
    define('isTransaction', () => ops.sqlite_in_transaction(this.#number()));
    define('limits', () => {
      this.#number();
      return this.#limits;
    });
    Object.defineProperty(this, Symbol.for('sqlite-type'), { value: 'node:sqlite', enumerable: true, configurable: true });
    Object.defineProperty(this, kDatabase, { value: this.#connection });
    if (this.#options.open) this.open();
  }

  #number() {
    const { number } = this.#connection;
    if (number === undefined) throw state('database is not open');
    return number;
  }

  open() {
    if (this.#connection.isOpen) throw state('database is already open');
    const { defensive, doubleQuoted, extensions, foreignKeys, limits, readOnly, timeout } = this.#options;
    this.#connection.number = ops.sqlite_open(this.#path, readOnly, foreignKeys, doubleQuoted, defensive, extensions, timeout);
    unused.register(this, this.#connection.number, this.#connection);
    for (const [name, value] of limits) this.#limits[name] = value;
  }

  close() {
    const number = this.#number();
    if (!ops.sqlite_close(number)) throw state('database is in use');
    unused.unregister(this.#connection);
    this.#connection.number = undefined;
    this.#connection.statements = new WeakSet();
  }

  prepare(sql, options = {}) {
    const number = this.#number();
    check(typeof sql === 'string', 'sql', 'a string');
    check(typeof options === 'object' && options !== null, 'options', 'an object');
    const own = {};
    for (const [name, otherwise] of Object.entries(this.#options.statement)) own[name] = booleanIn(options, name, otherwise);
    const made = ops.sqlite_prepare(number, sql);
    if (made === undefined) throw coded(TypeError, 'ERR_INVALID_ARG_VALUE', 'The SQL query contains no statements.');
    const statement = make(this.#connection, made, own);
    this.#connection.statements.add(statement);
    return statement;
  }

  exec(sql) {
    const number = this.#number();
    check(typeof sql === 'string', 'sql', 'a string');
    ops.sqlite_exec(number, sql);
  }

  function(name, options, fn) {
    const number = this.#number();
    check(typeof name === 'string', 'name', 'a string');
    if (typeof options === 'function' && fn === undefined) {
      fn = options;
      options = {};
    }
    if (fn !== undefined) check(typeof options === 'object' && options !== null, 'options', 'an object');
    check(typeof fn === 'function', 'function', 'a function');
    const { bigints, deterministic, directOnly, varargs } = callIn(options);
    ops.sqlite_function(number, name, varargs ? -1 : fn.length, deterministic, directOnly, bigints, fn);
  }

  aggregate(name, options) {
    const number = this.#number();
    const { start, step, result, inverse } = options;
    check(typeof name === 'string', 'name', 'a string');
    if (start === undefined || (typeof start === 'object' && start !== null)) {
      throw typeError('The "options.start" argument must be a function or a primitive value.');
    }
    check(typeof step === 'function', 'options.step', 'a function');
    if (inverse !== undefined) check(typeof inverse === 'function', 'options.inverse', 'a function');
    const { bigints, deterministic, directOnly, varargs } = callIn(options);
    const count = Math.max(step.length, inverse?.length ?? 0) - 1;
    ops.sqlite_aggregate(number, name, varargs ? -1 : Math.max(count, 0), deterministic, directOnly, bigints,
      typeof start === 'function' ? () => start() : () => start, step, inverse,
      typeof result === 'function' ? result : (value) => value);
  }

  location(dbName = 'main') {
    const number = this.#number();
    check(typeof dbName === 'string', 'dbName', 'a string');
    return ops.sqlite_location(number, dbName);
  }

  setAuthorizer(callback) {
    const number = this.#number();
    if (callback !== null && typeof callback !== 'function') throw typeError('The "callback" argument must be a function or null.');
    ops.sqlite_authorize(number, callback === null ? null : (...args) => decided(callback(...args)));
  }

  enableLoadExtension(allow) {
    const number = this.#number();
    check(typeof allow === 'boolean', 'allow', 'a boolean');
    if (allow && !this.#options.extensions) {
      throw state('Cannot enable extension loading because it was disabled at database creation.');
    }
    ops.sqlite_extend(number, allow);
  }

  loadExtension(path, entryPoint) {
    const number = this.#number();
    if (!this.#options.extensions) throw state('extension loading is not allowed');
    check(typeof path === 'string', 'path', 'a string');
    ops.sqlite_load(number, path, entryPoint);
  }

  enableDefensive(active) {
    const number = this.#number();
    check(typeof active === 'boolean', 'active', 'a boolean');
    ops.sqlite_defend(number, active);
  }

  serialize(dbName = 'main') {
    const number = this.#number();
    check(typeof dbName === 'string', 'dbName', 'a string');
    return ops.sqlite_serialize(number, dbName);
  }

  deserialize(buffer, options = {}) {
    const number = this.#number();
    check(buffer instanceof Uint8Array, 'buffer', 'a Uint8Array');
    const { dbName = 'main' } = options;
    check(typeof dbName === 'string', 'options.dbName', 'a string');
    // Statements of the database that was there before are over.
    this.#connection.statements = new WeakSet();
    ops.sqlite_deserialize(number, dbName, buffer);
  }

  createTagStore(maxSize = 1000) {
    this.#number();
    return new (require('internal/sqlite/tags').SQLTagStore)(this, maxSize);
  }

  [Symbol.dispose]() {
    if (this.#connection.isOpen) this.close();
  }
}

function callIn(options) {
  return {
    bigints: booleanIn(options, 'useBigIntArguments', false),
    deterministic: booleanIn(options, 'deterministic', false),
    directOnly: booleanIn(options, 'directOnly', false),
    varargs: booleanIn(options, 'varargs', false),
  };
}

/** What an authorizer decided. */
function decided(value) {
  const { SQLITE_DENY, SQLITE_IGNORE, SQLITE_OK } = require('internal/sqlite/constants');
  if (!Number.isInteger(value)) throw typeError('Authorizer callback must return an integer authorization code');
  if (![SQLITE_OK, SQLITE_DENY, SQLITE_IGNORE].includes(value)) {
    throw coded(RangeError, 'ERR_OUT_OF_RANGE', 'Authorizer callback returned a invalid authorization code');
  }
  return value;
}

/** Called without `new` it says so in words of its own. */
const DatabaseSync = new Proxy(Database, {
  apply() {
    throw coded(TypeError, 'ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
  },
});
Object.defineProperty(Database, 'name', { value: 'DatabaseSync', configurable: true });
Object.defineProperty(Database.prototype, 'constructor', { value: DatabaseSync, configurable: true, writable: true });

module.exports = { DatabaseSync, kDatabase };
