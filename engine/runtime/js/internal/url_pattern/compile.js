'use strict';

// A whole URL pattern, compiled (https://urlpattern.spec.whatwg.org/#url-pattern-create).

const canonical = require('internal/url_pattern/canonical');
const { compileComponent } = require('internal/url_pattern/component');
const { COMPONENTS, matchesSpecial, processInit } = require('internal/url_pattern/init');

const PLAIN = { delimiter: '', prefix: '' };
const HOST = { delimiter: '.', prefix: '' };
const PATH = { delimiter: '/', prefix: '/' };

const isAddress = (hostname) => /^(?:\[|\{\[|\\\[)/.test(hostname);

/**
 * Compiles every component.
 *
 * @param {object} init
 * @param {boolean} ignoreCase Of path, query and fragment.
 */
function compile(init, ignoreCase) {
  const wanted = processInit(init, true, {});
  for (const name of COMPONENTS) wanted[name] ??= '*';
  if (canonical.isSpecial(wanted.protocol) && canonical.DEFAULT_PORTS[wanted.protocol] === wanted.port) wanted.port = '';
  const protocol = compileComponent(wanted.protocol, canonical.protocol, PLAIN);
  const isSpecial = matchesSpecial(protocol);
  let encodeHost = isSpecial || wanted.protocol === '*' ? canonical.hostname : canonical.opaqueHostname;
  if (isAddress(wanted.hostname)) encodeHost = canonical.addressHostname;
  const encodePath = isSpecial ? canonical.pathname : canonical.opaquePathname;
  return {
    protocol,
    username: compileComponent(wanted.username, canonical.username, PLAIN),
    password: compileComponent(wanted.password, canonical.password, PLAIN),
    hostname: compileComponent(wanted.hostname, encodeHost, HOST),
    port: compileComponent(wanted.port, (value) => canonical.port(value), PLAIN),
    pathname: compileComponent(wanted.pathname, encodePath, { ...(isSpecial ? PATH : PLAIN), ignoreCase }),
    search: compileComponent(wanted.search, canonical.search, { ...PLAIN, ignoreCase }),
    hash: compileComponent(wanted.hash, canonical.hash, { ...PLAIN, ignoreCase }),
  };
}

module.exports = { compile };
