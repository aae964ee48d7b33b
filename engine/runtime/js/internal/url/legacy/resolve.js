'use strict';

// `url.resolve` (https://nodejs.org/api/url.html#urlresolvefrom-to): what a link on a page means, as browsers did it
// before the URL standard.

const { isScript, withSlashes } = require('internal/url/legacy/schemes');

const segmentsOf = (pathname) => (pathname ? pathname.split('/') : []);

function setPath(result) {
  if (result.pathname !== null || result.search !== null) result.path = `${result.pathname || ''}${result.search || ''}`;
}

function finish(result) {
  result.href = result.format();
  return result;
}

/** `//host/path`: only the protocol is the base's. */
function takeHost(result, relative) {
  for (const key of Object.keys(relative)) if (key !== 'protocol') result[key] = relative[key];
  if (withSlashes.has(result.protocol) && result.hostname && !result.pathname) {
    result.pathname = '/';
    result.path = '/';
  }
  return finish(result);
}

/** The first segment that is not empty is the host: `http:host/path`. */
function hostFromPath(relative) {
  const segments = (relative.pathname || '').split('/');
  let host = '';
  while (segments.length > 0 && host === '') host = segments.shift();
  relative.host = host;
  relative.hostname ||= '';
  if (segments[0] !== '') segments.unshift('');
  if (segments.length < 2) segments.unshift('');
  return segments.join('/');
}

/** Another protocol: little is left of the base. */
function takeProtocol(result, relative) {
  if (!withSlashes.has(relative.protocol)) return finish(Object.assign(result, relative));
  result.protocol = relative.protocol;
  const hasNoHost = !relative.host && !/^file:?$/.test(relative.protocol) && !isScript(relative.protocol);
  result.pathname = hasNoHost ? hostFromPath(relative) : relative.pathname;
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = `${result.pathname || ''}${result.search || ''}`;
  result.slashes ||= relative.slashes;
  return finish(result);
}

/** The host of a URL without slashes (`mailto:a@b`) counts as the first segment of its path. */
function hostToSegments(url, segments) {
  if (!url.host) return;
  if (segments[0] === '') segments[0] = url.host;
  else segments.unshift(url.host);
}

function hostFromSegment(result, host) {
  result.host = host;
  result.hostname = host;
  if (host && host.indexOf('@') > 0) {
    const [auth, name] = host.split('@');
    result.auth = auth;
    result.host = name;
    result.hostname = name;
  }
}

function takeOtherHost(result, relative) {
  if (relative.host || relative.host === '') {
    if (result.host !== relative.host) result.auth = null;
    result.host = relative.host;
    result.port = relative.port;
  }
  if (relative.hostname || relative.hostname === '') {
    if (result.hostname !== relative.hostname) result.auth = null;
    result.hostname = relative.hostname;
  }
}

/** Takes `.` and `..` out of `segments`; returns how many `..` lead above the first one. */
function takeDotsOut(segments) {
  let up = 0;
  for (let i = segments.length - 1; i >= 0; i--) {
    const segment = segments[i];
    if (segment !== '.' && segment !== '..' && up === 0) continue;
    segments.splice(i, 1);
    if (segment === '..') up++;
    else if (segment !== '.') up--;
  }
  return up;
}

const beginsAbsolute = (segments) => segments[0] === '' || Boolean(segments[0]?.startsWith('/'));

/** The same protocol, or none: a path from the base's. */
function takePath(result, relative) {
  const isBaseAbsolute = Boolean(result.pathname?.startsWith('/'));
  const isAbsolute = Boolean(relative.host || relative.pathname?.startsWith('/'));
  const dropsDots = Boolean(isAbsolute || isBaseAbsolute || (result.host && relative.pathname));
  let mustBeAbsolute = dropsDots;
  const hasNoSlashes = Boolean(result.protocol && !withSlashes.has(result.protocol));
  let segments = segmentsOf(result.pathname);
  const added = segmentsOf(relative.pathname);
  if (hasNoSlashes) {
    result.hostname = '';
    result.port = null;
    hostToSegments(result, segments);
    result.host = '';
    if (relative.protocol) {
      hostToSegments(relative, added);
      result.auth = null;
      relative.hostname = null;
      relative.port = null;
      relative.host = null;
    }
    mustBeAbsolute &&= added[0] === '' || segments[0] === '';
  }
  if (isAbsolute) {
    takeOtherHost(result, relative);
    segments = added;
  } else if (added.length > 0) {
    segments = [...segments.slice(0, -1), ...added];
  } else if (relative.search !== null && relative.search !== undefined) {
    if (hasNoSlashes) hostFromSegment(result, segments.shift());
    result.search = relative.search;
    result.query = relative.query;
    setPath(result);
    return finish(result);
  }
  if (isAbsolute || added.length > 0) {
    result.search = relative.search;
    result.query = relative.query;
  }
  if (segments.length === 0) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    return finish(result);
  }
  const last = segments.at(-1);
  const isInside = result.host || relative.host || segments.length > 1;
  const endsWithSlash = last === '' || (isInside && (last === '.' || last === '..'));
  const up = takeDotsOut(segments);
  if (!mustBeAbsolute && !dropsDots) segments.unshift(...new Array(up).fill('..'));
  if (mustBeAbsolute && !beginsAbsolute(segments)) segments.unshift('');
  if (endsWithSlash && !segments.join('/').endsWith('/')) segments.push('');
  const begins = beginsAbsolute(segments);
  if (hasNoSlashes) hostFromSegment(result, begins ? '' : (segments.shift() ?? ''));
  if ((mustBeAbsolute || (result.host && segments.length > 0)) && !begins) segments.unshift('');
  if (segments.length === 0) {
    result.pathname = null;
    result.path = null;
  } else {
    result.pathname = segments.join('/');
  }
  setPath(result);
  result.auth = relative.auth || result.auth;
  result.slashes ||= relative.slashes;
  return finish(result);
}

/**
 * `Url.prototype.resolveObject`: changes `result`, which is a copy of the base, into what `relative` means there.
 *
 * @param {Url} result
 * @param {Url} relative
 * @returns {Url}
 */
function resolveInto(result, relative) {
  result.hash = relative.hash;
  if (relative.href === '') return finish(result);
  if (relative.slashes && !relative.protocol) return takeHost(result, relative);
  if (relative.protocol && relative.protocol !== result.protocol) return takeProtocol(result, relative);
  return takePath(result, relative);
}

module.exports = { resolveInto };
