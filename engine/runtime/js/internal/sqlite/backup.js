'use strict';

// Copies of databases, some pages at a time (https://nodejs.org/api/sqlite.html#sqlitebackupsourcedb-path-options).

const { check, pathOf, state } = require('internal/sqlite/checks');
const { kDatabase } = require('internal/sqlite/database');

const PAGES_AT_A_TIME = 100;

function backup(sourceDb, path, options = {}) {
  check(typeof sourceDb === 'object' && sourceDb !== null, 'sourceDb', 'an object');
  const file = pathOf(path);
  check(typeof options === 'object' && options !== null, 'options', 'an object');
  const { progress, rate = PAGES_AT_A_TIME, source = 'main', target = 'main' } = options;
  check(Number.isInteger(rate), 'options.rate', 'an integer');
  check(typeof source === 'string', 'options.source', 'a string');
  check(typeof target === 'string', 'options.target', 'a string');
  if (progress !== undefined) check(typeof progress === 'function', 'options.progress', 'a function');
  const connection = sourceDb[kDatabase];
  if (connection?.number === undefined) throw state('database is not open');
  return copy(connection.number, file, { progress, rate, source, target });
}

async function copy(database, file, { progress, rate, source, target }) {
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn();
  const making = ops.sqlite_backup(database, file, source, target);
  for (;;) {
    const [isDone, remainingPages, totalPages] = ops.sqlite_backup_step(making, rate);
    if (isDone) return totalPages;
    progress?.({ totalPages, remainingPages });
    await turn();
  }
}

module.exports = { backup };
