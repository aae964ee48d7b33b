'use strict';

// Host names with promises (https://nodejs.org/api/dns.html#dns-promises-api).

const names = require('internal/dns/lookup');
const { PromisesResolver, defaultResolverSetServers, promiseFunctions } = require('internal/dns/resolver');

module.exports = {
  lookup: names.lookupPromise,
  lookupService: names.lookupServicePromise,
  Resolver: PromisesResolver,
  getDefaultResultOrder: names.getDefaultResultOrder,
  setDefaultResultOrder: names.setDefaultResultOrder,
  setServers: defaultResolverSetServers,
  ...require('internal/dns/constants'),
  ...promiseFunctions,
};
