'use strict';

// What the legacy parser knows of schemes (https://nodejs.org/api/url.html#legacy-url-api).

/** Schemes whose URLs have two slashes and a host, whether they are written or not. */
const withSlashes = new Set(['http', 'https', 'ftp', 'gopher', 'file', 'ws', 'wss'].flatMap((name) => [name, `${name}:`]));

/** Schemes whose URLs never have a host, and nothing of which is escaped. */
const isScript = (protocol) => protocol === 'javascript' || protocol === 'javascript:';

module.exports = { isScript, withSlashes };
