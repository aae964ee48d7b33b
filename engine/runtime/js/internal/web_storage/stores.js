'use strict';

// What a Storage keeps: in memory, or in a file that is a database with one table of keys and values as UTF-16.

/** Bytes of all keys and values. */
const QUOTA = 10 * 1024 * 1024;

const sizeOf = (key, value) => 2 * (key.length + value.length);

class MemoryStore {
  #values = new Map();
  #size = 0;

  get size() {
    return this.#values.size;
  }

  keys() {
    return [...this.#values.keys()].sort();
  }

  get(key) {
    return this.#values.get(key) ?? null;
  }

  /** False when there is no room. */
  set(key, value) {
    const known = this.#values.get(key);
    const size = this.#size + sizeOf(key, value) - (known === undefined ? 0 : sizeOf(key, known));
    if (size > QUOTA) return false;
    this.#size = size;
    this.#values.set(key, value);
    return true;
  }

  delete(key) {
    const known = this.#values.get(key);
    if (known === undefined) return;
    this.#size -= sizeOf(key, known);
    this.#values.delete(key);
  }

  clear() {
    this.#values.clear();
    this.#size = 0;
  }
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS nodejs_webstorage(key BLOB NOT NULL, value BLOB NOT NULL, PRIMARY KEY(key)) STRICT;
  CREATE TABLE IF NOT EXISTS nodejs_webstorage_state(
    max_size INTEGER NOT NULL DEFAULT ${QUOTA}, total_size INTEGER NOT NULL, schema_version INTEGER NOT NULL DEFAULT 0,
    single_row_ INTEGER NOT NULL DEFAULT 1 CHECK(single_row_ = 1), PRIMARY KEY(single_row_)) STRICT;
  INSERT OR IGNORE INTO nodejs_webstorage_state(total_size, schema_version) VALUES (0, 1);`;

const toBytes = (text) => require('buffer').Buffer.from(text, 'utf16le');
const toText = (bytes) => require('buffer').Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf16le');

class FileStore {
  #path;
  #statements;

  constructor(path) {
    this.#path = path;
  }

  #open() {
    if (this.#statements !== undefined) return this.#statements;
    const { DatabaseSync } = require('internal/sqlite/database');
    let database;
    try {
      database = new DatabaseSync(this.#path, { timeout: 1000, returnArrays: true });
      database.exec(SCHEMA);
    } catch (error) {
      throw Object.assign(new Error(error.message), { code: 'ERR_INVALID_STATE' });
    }
    const prepare = (sql) => database.prepare(sql);
    this.#statements = {
      count: prepare('SELECT COUNT(*) FROM nodejs_webstorage'),
      keys: prepare('SELECT key FROM nodejs_webstorage ORDER BY key'),
      get: prepare('SELECT value FROM nodejs_webstorage WHERE key = ?'),
      set: prepare('INSERT INTO nodejs_webstorage VALUES (?, ?) ON CONFLICT(key) DO UPDATE SET value = excluded.value'),
      delete: prepare('DELETE FROM nodejs_webstorage WHERE key = ?'),
      clear: prepare('DELETE FROM nodejs_webstorage'),
      total: prepare('SELECT COALESCE(SUM(OCTET_LENGTH(key) + OCTET_LENGTH(value)), 0) FROM nodejs_webstorage'),
      note: prepare('UPDATE nodejs_webstorage_state SET total_size = ?'),
      exec: (sql) => database.exec(sql),
    };
    return this.#statements;
  }

  #change(act) {
    const statements = this.#open();
    statements.exec('BEGIN IMMEDIATE');
    let isKept = false;
    try {
      act(statements);
      const [total] = statements.total.get();
      isKept = total <= QUOTA;
      if (isKept) statements.note.run(total);
    } finally {
      statements.exec(isKept ? 'COMMIT' : 'ROLLBACK');
    }
    return isKept;
  }

  get size() {
    return this.#open().count.get()[0];
  }

  keys() {
    return this.#open().keys.all().map(([key]) => toText(key));
  }

  get(key) {
    const row = this.#open().get.get(toBytes(key));
    return row === undefined ? null : toText(row[0]);
  }

  set(key, value) {
    return this.#change((statements) => statements.set.run(toBytes(key), toBytes(value)));
  }

  delete(key) {
    this.#change((statements) => statements.delete.run(toBytes(key)));
  }

  clear() {
    this.#change((statements) => statements.clear.run());
  }
}

module.exports = { FileStore, MemoryStore };
