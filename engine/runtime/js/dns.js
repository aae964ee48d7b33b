'use strict';

// Host names (https://nodejs.org/api/dns.html).

const names = require('internal/dns/lookup');

module.exports = {
  lookup: names.lookup,
  lookupService: names.lookupService,
  getDefaultResultOrder: names.getDefaultResultOrder,
  setDefaultResultOrder: names.setDefaultResultOrder,
  ADDRCONFIG: names.AI_ADDRCONFIG,
  ALL: names.AI_ALL,
  V4MAPPED: names.AI_V4MAPPED,
};
