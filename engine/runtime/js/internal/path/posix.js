'use strict';

// Paths with slashes (https://nodejs.org/api/path.html#pathposix).

const { _format, baseWithoutSuffix, extensionStart, invalidPath, matchesGlob } = require('internal/path/shared');

const SLASH = 47;
const DOT = 46;

/** Whether nothing in `path` from `start` is left to resolve: no empty segments, no `.` and no `..`. */
function isPlain(path, start) {
  let segment = start;
  for (let i = start; i <= path.length; i++) {
    if (i < path.length && path.charCodeAt(i) !== SLASH) continue;
    const length = i - segment;
    if (length === 0) return false;
    if (length <= 2 && path.charCodeAt(segment) === DOT && path.charCodeAt(i - 1) === DOT) return false;
    segment = i + 1;
  }
  return true;
}

/** Index after the last character that is no slash. */
function endOf(path) {
  let end = path.length;
  while (end > 0 && path.charCodeAt(end - 1) === SLASH) end--;
  return end;
}

/** The segments of `path` without empty ones and `.`, with every `..` resolved as far as it goes. */
function squeeze(path, absolute) {
  let result = '';
  // How many segments at the end of the result a `..` can take back.
  let depth = 0;
  for (let start = 0; start < path.length;) {
    let end = path.indexOf('/', start);
    if (end === -1) end = path.length;
    const length = end - start;
    const isDot = length > 0 && length <= 2 && path.charCodeAt(start) === DOT && path.charCodeAt(end - 1) === DOT;
    if (!isDot && length > 0) {
      result = result === '' ? path.slice(start, end) : `${result}/${path.slice(start, end)}`;
      depth++;
    } else if (length === 2) {
      if (depth > 0) {
        const slash = result.lastIndexOf('/');
        result = slash === -1 ? '' : result.slice(0, slash);
        depth--;
      } else if (!absolute) {
        result = result === '' ? '..' : `${result}/..`;
      }
    }
    start = end + 1;
  }
  return result;
}

const posix = {
  resolve(...args) {
    let path = '';
    for (let i = args.length - 1; i >= -1; i--) {
      const part = i === -1 ? process.cwd() : args[i];
      if (typeof part !== 'string') throw invalidPath(part, `paths[${i}]`);
      if (part.length === 0) continue;
      path = path === '' ? part : `${part}/${path}`;
      if (part.charCodeAt(0) === SLASH) {
        return isPlain(path, 1) ? path : `/${squeeze(path, true)}`;
      }
    }
    // Only without a current folder.
    return squeeze(path, false) || '.';
  },

  normalize(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    if (path.length === 0) return '.';
    const absolute = path.charCodeAt(0) === SLASH;
    if (isPlain(path, absolute ? 1 : 0)) return path;
    let rest = squeeze(path, absolute);
    if (rest.length === 0) {
      if (absolute) return '/';
      rest = '.';
    }
    if (path.charCodeAt(path.length - 1) === SLASH) rest += '/';
    return absolute ? `/${rest}` : rest;
  },

  isAbsolute(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    return path.length > 0 && path.charCodeAt(0) === SLASH;
  },

  join(...args) {
    let joined = '';
    for (let i = 0; i < args.length; i++) {
      const part = args[i];
      if (typeof part !== 'string') throw invalidPath(part, 'path');
      if (part.length > 0) joined = joined === '' ? part : `${joined}/${part}`;
    }
    return posix.normalize(joined);
  },

  relative(from, to) {
    if (typeof from !== 'string') throw invalidPath(from, 'from');
    if (typeof to !== 'string') throw invalidPath(to, 'to');
    if (from === to) return '';
    const start = posix.resolve(from);
    const goal = posix.resolve(to);
    if (start === goal) return '';
    const startParts = start === '/' ? [] : start.slice(1).split('/');
    const goalParts = goal === '/' ? [] : goal.slice(1).split('/');
    let same = 0;
    while (same < startParts.length && same < goalParts.length && startParts[same] === goalParts[same]) same++;
    const up = '../'.repeat(startParts.length - same);
    const down = goalParts.slice(same).join('/');
    return down === '' ? up.slice(0, -1) : `${up}${down}`;
  },

  toNamespacedPath(path) {
    return path;
  },

  dirname(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    if (path.length === 0) return '.';
    // The last slash with something but slashes behind it; the first character is the root.
    let end = endOf(path);
    while (end > 1 && path.charCodeAt(end - 1) !== SLASH) end--;
    if (end <= 1) return path.charCodeAt(0) === SLASH ? '/' : '.';
    return end === 2 && path.charCodeAt(0) === SLASH ? '//' : path.slice(0, end - 1);
  },

  basename(path, suffix) {
    if (suffix !== undefined && typeof suffix !== 'string') throw invalidPath(suffix, 'suffix');
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    if (suffix !== undefined && suffix.length > 0 && suffix === path) return '';
    const end = endOf(path);
    const start = end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1;
    return suffix === undefined ? path.slice(start, end) : baseWithoutSuffix(path, start, end, suffix);
  },

  extname(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    const end = endOf(path);
    const base = path.slice(end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1, end);
    return base.slice(extensionStart(base));
  },

  format: _format.bind(null, '/'),

  parse(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    const absolute = path.length > 0 && path.charCodeAt(0) === SLASH;
    const end = endOf(path);
    const start = end === 0 ? 0 : path.lastIndexOf('/', end - 1) + 1;
    const base = path.slice(start, end);
    // Directly at the root Node takes the second dot of `..` for an extension.
    const dot = base === '..' && absolute && start === 1 ? 1 : extensionStart(base);
    const root = absolute ? '/' : '';
    return {
      root,
      dir: start > 1 ? path.slice(0, start - 1) : root,
      base,
      ext: base.slice(dot),
      name: base.slice(0, dot),
    };
  },

  matchesGlob(path, pattern) {
    return matchesGlob(path, pattern, false);
  },

  sep: '/',
  delimiter: ':',
  win32: null,
  posix: null,
};

posix.posix = posix;
// Node's old name of the function.
posix._makeLong = posix.toNamespacedPath;

module.exports = posix;

const win32 = require('internal/path/win32');

posix.win32 = win32;
win32.posix = posix;
