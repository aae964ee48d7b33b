'use strict';

// Paths with backslashes, drives and network shares (https://nodejs.org/api/path.html#pathwin32).

const { _format, baseWithoutSuffix, extensionStart, invalidPath, matchesGlob } = require('internal/path/shared');

const SEPARATORS = /[\\/]/;
/** `\\server\share`, and `\\.` or `\\?` before the name of a device. */
const NETWORK = /^[\\/]{2}([^\\/]+)[\\/]+([^\\/]+)/;
const RESERVED = /^(?:CON|PRN|AUX|NUL|(?:COM|LPT)[1-9\u00b9\u00b2\u00b3])$/i;

const isSeparator = (code) => code === 92 || code === 47;
const isLetter = (code) => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const hasDrive = (path) => path.length >= 2 && path.charCodeAt(1) === 58 && isLetter(path.charCodeAt(0));

/**
 * What a path begins with.
 *
 * @param {string} path
 * @returns {{device: string, end: number, absolute: boolean}} The drive or share, where the rest begins, and whether
 * the rest begins at the root.
 */
function splitRoot(path) {
  if (hasDrive(path)) {
    const absolute = path.length > 2 && isSeparator(path.charCodeAt(2));
    return { device: path.slice(0, 2), end: absolute ? 3 : 2, absolute };
  }
  if (path.length === 0 || !isSeparator(path.charCodeAt(0))) return { device: '', end: 0, absolute: false };
  const share = path.length > 1 ? NETWORK.exec(path) : null;
  if (share === null) return { device: '', end: 1, absolute: true };
  const [all, server, name] = share;
  if (server === '.' || server === '?') return { device: `\\\\${server}`, end: 4, absolute: true };
  return { device: `\\\\${server}\\${name}`, end: all.length, absolute: true };
}

/** Where the root ends for `dirname` and `parse`, which keep it as it is written. */
function rootLength(path) {
  if (hasDrive(path)) return path.length > 2 && isSeparator(path.charCodeAt(2)) ? 3 : 2;
  if (path.length === 0 || !isSeparator(path.charCodeAt(0))) return 0;
  const share = path.length > 1 ? NETWORK.exec(path) : null;
  if (share === null) return 1;
  return Math.min(share[0].length + 1, path.length);
}

/** Index after the last character at or behind `start` that is no separator. */
function endOf(path, start) {
  let end = path.length;
  while (end > start && isSeparator(path.charCodeAt(end - 1))) end--;
  return end;
}

/** Index of the first character of the part that ends at `end`. */
function startOf(path, start, end) {
  let index = end;
  while (index > start && !isSeparator(path.charCodeAt(index - 1))) index--;
  return index;
}

/** Where the last part of a path begins and ends. */
function lastPart(path) {
  const first = hasDrive(path) ? 2 : 0;
  const end = endOf(path, first);
  return [startOf(path, first, end), end];
}

/** Whether what stands before `colon` names a device, such as `CON` or `COM1`. */
const isReserved = (path, colon) => RESERVED.test(path.slice(0, colon));

/** Whether `rest`, once normalized from the relative `path`, could be taken for a path on a drive. */
function looksLikeDrive(path, rest) {
  return path.includes(':') && (hasDrive(rest) || /:(?:[\\/]|$)/.test(path));
}

/**
 * Segments without empty ones and `.`, with every `..` resolved as far as it goes.
 *
 * @param {string[]} segments
 * @param {boolean} absolute Whether `..` at the start means the root, and so nothing.
 * @returns {string[]}
 */
function squeeze(segments, absolute) {
  const kept = [];
  let above = 0;
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') {
      kept.push(segment);
    } else if (kept.length > above) {
      kept.pop();
    } else if (!absolute) {
      kept.push(segment);
      above++;
    }
  }
  return kept;
}

/** The folder that a path without a root on `device` starts from. */
function currentFolder(device) {
  if (device === '') return process.cwd();
  const folder = process.env[`=${device}`] || process.cwd();
  const other = folder.slice(0, 2).toLowerCase() !== device.toLowerCase() && folder.charCodeAt(2) === 92;
  return other ? `${device}\\` : folder;
}

const win32 = {
  resolve(...args) {
    let device = '';
    let tail = '';
    let absolute = false;
    for (let i = args.length - 1; i >= -1; i--) {
      const part = i === -1 ? currentFolder(device) : args[i];
      if (typeof part !== 'string') throw invalidPath(part, `paths[${i}]`);
      if (part.length === 0) continue;
      const root = splitRoot(part);
      if (root.device !== '') {
        if (device === '') device = root.device;
        else if (root.device.toLowerCase() !== device.toLowerCase()) continue;
      }
      if (!absolute) {
        tail = `${part.slice(root.end)}\\${tail}`;
        absolute = root.absolute;
      }
      if (absolute && device !== '') break;
    }
    const rest = squeeze(tail.split(SEPARATORS), absolute).join('\\');
    return `${device}${absolute ? '\\' : ''}${rest}` || '.';
  },

  normalize(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    if (path.length === 0) return '.';
    if (path.length === 1) return path === '/' ? '\\' : path;
    let { device, end, absolute } = splitRoot(path);
    const colon = path.indexOf(':');
    const reserved = isReserved(path, colon);
    if (reserved && colon > 0 && end === 0) {
      end = colon + 1;
      device = path.slice(0, end);
    }
    let rest = squeeze(path.slice(end).split(SEPARATORS), absolute).join('\\');
    if (rest === '' && !absolute) rest = '.';
    if (rest !== '' && isSeparator(path.charCodeAt(path.length - 1))) rest += '\\';
    if (!absolute && device === '' && looksLikeDrive(path, rest)) return `.\\${rest}`;
    if (reserved) return `.\\${device}${rest}`;
    return `${device}${absolute ? '\\' : ''}${rest}`;
  },

  isAbsolute(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    return path.length > 0 && (isSeparator(path.charCodeAt(0)) ||
      (hasDrive(path) && path.length > 2 && isSeparator(path.charCodeAt(2))));
  },

  join(...args) {
    const parts = [];
    for (let i = 0; i < args.length; i++) {
      const part = args[i];
      if (typeof part !== 'string') throw invalidPath(part, 'path');
      if (part.length > 0) parts.push(part);
    }
    if (parts.length === 0) return '.';
    let joined = parts.join('\\');
    // Only a first part that names a share itself may begin with two separators.
    if (!/^[\\/]{2}[^\\/]/.test(parts[0])) joined = joined.replace(/^[\\/]{2,}/, '\\');
    const names = joined.includes(':') ? joined.split('\\') : [];
    // The name of a device stays where it is.
    if (names.some((name) => isReserved(name, Math.max(0, name.indexOf(':'))))) return joined.replaceAll('/', '\\');
    return win32.normalize(joined);
  },

  relative(from, to) {
    if (typeof from !== 'string') throw invalidPath(from, 'from');
    if (typeof to !== 'string') throw invalidPath(to, 'to');
    if (from === to) return '';
    const start = win32.resolve(from);
    const goal = win32.resolve(to);
    if (start === goal || start.toLowerCase() === goal.toLowerCase()) return '';
    const partsOf = (path) => path.split('\\').filter((part) => part !== '');
    const startParts = partsOf(start);
    const goalParts = partsOf(goal);
    let same = 0;
    while (same < startParts.length && same < goalParts.length &&
      startParts[same].toLowerCase() === goalParts[same].toLowerCase()) same++;
    // Node takes two characters at the start for a drive.
    if (same === 0 && startParts.length === 1 && startParts[0].length === 2 &&
      goalParts.length > 0 && goalParts[0].toLowerCase().startsWith(startParts[0].toLowerCase())) {
      return goalParts.join('\\').slice(2);
    }
    if (same === 0 && startParts.length > 0 && goalParts.length > 0) return goal;
    const up = new Array(startParts.length - same).fill('..');
    return [...up, ...goalParts.slice(same)].join('\\');
  },

  toNamespacedPath(path) {
    if (typeof path !== 'string' || path.length === 0) return path;
    const resolved = win32.resolve(path);
    if (resolved.length <= 2) return path;
    if (resolved.startsWith('\\\\')) {
      return resolved[2] === '?' || resolved[2] === '.' ? resolved : `\\\\?\\UNC\\${resolved.slice(2)}`;
    }
    return hasDrive(resolved) && resolved[2] === '\\' ? `\\\\?\\${resolved}` : resolved;
  },

  dirname(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    if (path.length === 0) return '.';
    const root = rootLength(path);
    const end = endOf(path, root);
    const start = startOf(path, root, end);
    if (start > root) return path.slice(0, start - 1);
    return root === 0 ? '.' : path.slice(0, root);
  },

  basename(path, suffix) {
    if (suffix !== undefined && typeof suffix !== 'string') throw invalidPath(suffix, 'suffix');
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    if (suffix !== undefined && suffix.length > 0 && suffix === path) return '';
    const [start, end] = lastPart(path);
    return suffix === undefined ? path.slice(start, end) : baseWithoutSuffix(path, start, end, suffix);
  },

  extname(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    const base = path.slice(...lastPart(path));
    return base.slice(extensionStart(base));
  },

  format: _format.bind(null, '\\'),

  parse(path) {
    if (typeof path !== 'string') throw invalidPath(path, 'path');
    const rootEnd = rootLength(path);
    const root = path.slice(0, rootEnd);
    const end = endOf(path, rootEnd);
    const start = startOf(path, rootEnd, end);
    const base = path.slice(start, end);
    const dot = extensionStart(base);
    return {
      root,
      dir: start > rootEnd ? path.slice(0, start - 1) : root,
      base,
      ext: base.slice(dot),
      name: base.slice(0, dot),
    };
  },

  matchesGlob(path, pattern) {
    return matchesGlob(path, pattern, true);
  },

  sep: '\\',
  delimiter: ';',
  win32: null,
  posix: null,
};

win32.win32 = win32;
// Node's old name of the function.
win32._makeLong = win32.toNamespacedPath;

module.exports = win32;

// Whichever of the two is loaded last puts each into the other.
require('internal/path/posix');
