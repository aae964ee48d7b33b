'use strict';

// Glob patterns: paths in which `**` stands for any number of folders, and the segments of which are what
// `internal/glob/segment` says.

const { expandBraces } = require('internal/glob/braces');
const { compileSegment } = require('internal/glob/segment');

/** The segment `**`. */
const GLOBSTAR = Symbol('**');

/** Segments without empty ones, `.` and what a `..` takes back; the first one stays, and an empty last one. */
function tidy(segments) {
  const kept = [];
  for (let i = 0; i < segments.length; i++) {
    const segment = segments[i];
    const isInner = i > 0 && i < segments.length - 1;
    if (isInner && (segment === '' || segment === '.')) continue;
    const last = kept.at(-1);
    if (segment === '..' && last !== undefined && last !== '' && last !== '.' && last !== '..' && last !== '**') {
      kept.pop();
    } else if (segment !== '**' || last !== '**') {
      kept.push(segment);
    }
  }
  return kept.length === 0 ? [''] : kept;
}

const isHidden = (segment) => segment.startsWith('.');

/** Whether a segment of a path is what a segment of a pattern asks for. */
function matchesSegment(wanted, segment) {
  return typeof wanted === 'string' ? wanted === segment : wanted.test(segment);
}

/** Whether `segments` from `at` on are what `wanted` from `from` on asks for. */
function matchesFrom(wanted, from, segments, at) {
  let position = at;
  for (let i = from; i < wanted.length; i++) {
    if (wanted[i] === GLOBSTAR) {
      if (i === wanted.length - 1) {
        return position < segments.length && !segments.slice(position).some(isHidden);
      }
      for (let next = position; next < segments.length; next++) {
        if (matchesFrom(wanted, i + 1, segments, next)) return true;
        if (isHidden(segments[next])) return false;
      }
      return false;
    }
    if (position >= segments.length || !matchesSegment(wanted[i], segments[position])) return false;
    position++;
  }
  return position === segments.length || (position === segments.length - 1 && segments[position] === '');
}

/** A glob pattern, ready to be compared with paths. */
class GlobPattern {
  /**
   * @param {string} pattern
   * @param {{windows?: boolean, ignoreCase?: boolean}} [options] `windows`: paths have backslashes, too.
   */
  constructor(pattern, { windows = false, ignoreCase = false } = {}) {
    this.windows = windows;
    /** For every alternative of the braces the segments: texts, regular expressions and `GLOBSTAR`. */
    this.alternatives = expandBraces(pattern.replaceAll('\\', '/')).map((text) =>
      tidy(text.split(/\/+/)).map((segment) => (segment === '**' ? GLOBSTAR : compileSegment(segment, ignoreCase))));
    this.isEmpty = pattern === '';
  }

  /**
   * Whether a path is what the pattern asks for.
   *
   * @param {string} path
   * @returns {boolean}
   */
  matches(path) {
    if (this.isEmpty) return path === '';
    const segments = tidy((this.windows ? path.replaceAll('\\', '/') : path).split(/\/+/));
    return this.alternatives.some((wanted) => matchesFrom(wanted, 0, segments, 0));
  }
}

module.exports = { GLOBSTAR, GlobPattern, matchesSegment };
