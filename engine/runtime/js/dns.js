'use strict';

// Host names (https://nodejs.org/api/dns.html).

const names = require('internal/dns/lookup');

/** Everything that asks name servers, loaded when first used. */
const resolvers = () => require('internal/dns/resolver');

module.exports = {
  lookup: names.lookup,
  lookupService: names.lookupService,
  Resolver: undefined,
  getDefaultResultOrder: names.getDefaultResultOrder,
  setDefaultResultOrder: names.setDefaultResultOrder,
  setServers: undefined,
  ADDRCONFIG: names.AI_ADDRCONFIG,
  ALL: names.AI_ALL,
  V4MAPPED: names.AI_V4MAPPED,
  ...require('internal/dns/constants'),
};

/** A property that becomes its value when it is first read. */
function lazy(name, get) {
  ops.util_lazy_property(module.exports, name, get, true);
}

lazy('Resolver', () => resolvers().Resolver);
lazy('setServers', () => resolvers().defaultResolverSetServers);
for (const name of ['getServers', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveCaa', 'resolveCname',
  'resolveMx', 'resolveNaptr', 'resolveNs', 'resolvePtr', 'resolveSoa', 'resolveSrv', 'resolveTlsa', 'resolveTxt',
  'reverse']) {
  lazy(name, () => resolvers().functions[name]);
}
lazy('promises', () => require('dns/promises'));
