'use strict';

// The module `sqlite` (https://nodejs.org/api/sqlite.html).

require('internal/process_warning').warnExperimental('SQLite');

const { DatabaseSync } = require('internal/sqlite/database');
const { StatementSync } = require('internal/sqlite/statement');

module.exports = {
  DatabaseSync,
  StatementSync,
  constants: require('internal/sqlite/constants'),
  backup: require('internal/sqlite/backup').backup,
};
