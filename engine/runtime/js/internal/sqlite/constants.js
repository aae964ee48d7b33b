'use strict';

// Numbers that SQLite gives names to (https://nodejs.org/api/sqlite.html#sqliteconstants).

const ACTIONS = [
  'CREATE_INDEX', 'CREATE_TABLE', 'CREATE_TEMP_INDEX', 'CREATE_TEMP_TABLE', 'CREATE_TEMP_TRIGGER', 'CREATE_TEMP_VIEW',
  'CREATE_TRIGGER', 'CREATE_VIEW', 'DELETE', 'DROP_INDEX', 'DROP_TABLE', 'DROP_TEMP_INDEX', 'DROP_TEMP_TABLE',
  'DROP_TEMP_TRIGGER', 'DROP_TEMP_VIEW', 'DROP_TRIGGER', 'DROP_VIEW', 'INSERT', 'PRAGMA', 'READ', 'SELECT', 'TRANSACTION',
  'UPDATE', 'ATTACH', 'DETACH', 'ALTER_TABLE', 'REINDEX', 'ANALYZE', 'CREATE_VTABLE', 'DROP_VTABLE', 'FUNCTION', 'SAVEPOINT',
];

const constants = { SQLITE_OK: 0, SQLITE_DENY: 1, SQLITE_IGNORE: 2 };
ACTIONS.forEach((name, index) => { constants[`SQLITE_${name}`] = index + 1; });
constants.SQLITE_COPY = 0;
constants.SQLITE_RECURSIVE = 33;

module.exports = constants;
