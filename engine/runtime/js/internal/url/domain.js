'use strict';

// Host names in ASCII and in Unicode (https://url.spec.whatwg.org/#idna).

const { codes } = require('internal/errors');

const HOSTNAME = 5;
const unused = new Uint32Array(8);

/** The host of a URL to which `domain` is given as its host; empty when it is refused. */
function asHost(domain) {
  const href = ops.url_set('ws://x/', HOSTNAME, domain, unused);
  return href === undefined || domain === '' ? '' : href.slice(5, -1);
}

/** `url.domainToASCII`. */
function domainToASCII(domain) {
  if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('domain');
  return asHost(`${domain}`);
}

/** `url.domainToUnicode`. */
function domainToUnicode(domain) {
  if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('domain');
  const host = asHost(`${domain}`);
  // An address is no domain and stays as it is.
  return ops.url_domain_to_unicode(host) || host;
}

/** As the legacy parser wants it: what is no domain comes back empty, what is odd is kept. */
function lenientToASCII(domain) {
  return ops.url_domain_to_ascii(domain);
}

module.exports = { domainToASCII, domainToUnicode, lenientToASCII };
