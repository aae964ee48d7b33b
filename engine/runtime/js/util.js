'use strict';

// `util` (https://nodejs.org/api/util.html).

const { inspect } = require('internal/util/inspect');
const { format, formatWithOptions } = require('internal/util/format');
module.exports = { inspect, format, formatWithOptions };
