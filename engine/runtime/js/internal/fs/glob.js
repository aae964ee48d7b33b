'use strict';

// `fs.glob` (https://nodejs.org/api/fs.html#fsglobpattern-options-callback).
//
// The walk itself is a generator: it yields what it wants to know of the file system and what it has found, so that
// the synchronous and the asynchronous form share it.

const { codes } = require('internal/errors');
const { validateBoolean, validateObject, validateString, validateStringArray } = require('internal/validators');
const { checkCallback } = require('internal/fs/arguments');
const { promised } = require('internal/fs/callbacks');
const { constants } = require('internal/fs/constants');
const { Dirent } = require('internal/fs/dirent');
const { toStats } = require('internal/fs/stats');
const { GLOBSTAR, GlobPattern, matchesSegment } = require('internal/glob/pattern');

const { UV_DIRENT_DIR, UV_DIRENT_LINK } = constants;
const NOTHING = [[], []];
const kStats = Symbol('stats');

/** An entry of which everything is known. */
class DirentFromStats extends Dirent {
  constructor(name, stats, path) {
    super(name, null, path);
    this[kStats] = stats;
  }
}

for (const name of Reflect.ownKeys(Dirent.prototype)) {
  if (name === 'constructor') continue;
  DirentFromStats.prototype[name] = function () {
    return this[kStats][name]();
  };
}

const isHidden = (name) => name.startsWith('.');

class Walk {
  #root;
  #exclude;
  #withFileTypes;
  #follow;
  #stack = [];
  #found = new Set();
  #join = require('path').join;

  constructor(patterns, options) {
    const { cwd, exclude, withFileTypes, followSymlinks = false } = options;
    this.#root = toRoot(cwd);
    this.#exclude = exclude;
    this.#withFileTypes = Boolean(withFileTypes);
    this.#follow = followSymlinks;
    const relative = [];
    const absolute = [];
    for (const { alternatives, isEmpty } of patterns.map((pattern) => new GlobPattern(pattern))) {
      if (isEmpty) continue;
      for (const segments of alternatives) {
        if (segments[0] === '' && segments.length > 1) absolute.push({ segments, index: 1 });
        else relative.push({ segments, index: 0 });
      }
    }
    if (absolute.length > 0) this.#stack.push({ path: '/', patterns: absolute, above: [] });
    if (relative.length > 0) this.#stack.push({ path: '.', patterns: relative, above: [] });
  }

  /** Whether the script does not want a path. */
  #excludes(path, entry) {
    if (this.#exclude === undefined) return false;
    if (typeof this.#exclude === 'function') return this.#exclude(entry);
    return this.#exclude.some((pattern) => pattern.matches(path));
  }

  /** Yields `{ list }`, `{ kind }`, `{ real }` and `{ stats }` with a path, and is given the answer; `{ found }` needs none. */
  * run() {
    while (this.#stack.length > 0) {
      const { path, patterns, above } = this.#stack.pop();
      const inside = new Map();
      const from = [...above, path];
      for (const { segments, index } of patterns) yield* this.#expand(path, segments, index, inside, from);
      for (const [inner, wanted] of inside) this.#stack.push({ path: inner, patterns: wanted, above: from });
    }
  }

  #push(inside, path, segments, index) {
    let wanted = inside.get(path);
    if (wanted === undefined) {
      wanted = [];
      inside.set(path, wanted);
    }
    if (!wanted.some((other) => other.segments === segments && other.index === index)) {
      wanted.push({ segments, index });
    }
  }

  * #emit(path) {
    if (this.#found.has(path)) return;
    this.#found.add(path);
    if (!this.#withFileTypes) {
      yield { found: path };
      return;
    }
    const stats = yield { stats: this.#full(path) };
    const { basename, dirname } = require('path');
    if (stats !== undefined) yield { found: new DirentFromStats(basename(path), stats, dirname(path)) };
  }

  #full(path) {
    return require('path').resolve(this.#root, path);
  }

  * #expand(path, segments, index, inside, above) {
    const isLast = index === segments.length - 1;
    const segment = segments[index];
    if (segment === GLOBSTAR) {
      if (isLast) yield* this.#emit(path);
      yield* this.#searchAll(path, segments, index, inside, above);
    } else if (segment === '') {
      // A slash at the end: only folders come here.
      yield* this.#emit(path);
    } else if (segment === '.') {
      if (!isLast) yield* this.#expand(path, segments, index + 1, inside, above);
    } else if (segment === '..') {
      if (!isLast) this.#push(inside, this.#join(path, '..'), segments, index + 1);
    } else if (typeof segment === 'string') {
      yield* this.#step(this.#join(path, segment), segment, segments, index, inside);
    } else {
      yield* this.#search(path, segments, index, inside, above);
    }
  }

  /** A segment without wildcards leads to one place, which need not be listed to be found. */
  * #step(path, name, segments, index, inside) {
    const kind = yield { kind: this.#full(path) };
    if (kind === undefined || this.#excludes(path, name)) return;
    if (index === segments.length - 1) yield* this.#emit(path);
    else if (kind.isFolder) this.#push(inside, path, segments, index + 1);
  }

  /** Whether the walk goes on in an entry. */
  * #isFolder(path, kind, above) {
    if (kind === UV_DIRENT_DIR) return true;
    if (kind !== UV_DIRENT_LINK || !this.#follow) return false;
    const target = yield { kind: this.#full(path) };
    if (!target?.isFolder) return false;
    // A link to a folder that it is in leads nowhere new.
    const real = yield { real: this.#full(path) };
    for (const folder of above) {
      if ((yield { real: this.#full(folder) }) === real) return false;
    }
    return true;
  }

  /** Entries that a segment with wildcards matches. */
  * #search(path, segments, index, inside, above) {
    const isLast = index === segments.length - 1;
    const [names, kinds] = yield { list: this.#full(path) };
    for (let i = 0; i < names.length; i++) {
      if (!matchesSegment(segments[index], names[i])) continue;
      const inner = this.#join(path, names[i]);
      if (this.#excludes(inner, this.#entry(path, names[i], kinds[i]))) continue;
      if (isLast) {
        yield* this.#emit(inner);
      } else if (yield* this.#isFolder(inner, kinds[i], above)) {
        this.#push(inside, inner, segments, index + 1);
      }
    }
  }

  /** What an exclude function is given. */
  #entry(path, name, kind) {
    return this.#withFileTypes ? new Dirent(name, kind, path) : name;
  }

  /** All entries, and what the segment behind `**` makes of them. */
  * #searchAll(path, segments, index, inside, above) {
    const isLast = index === segments.length - 1;
    const next = segments[index + 1];
    if (!isLast && typeof next !== 'object') {
      // `**` may stand for nothing.
      yield* this.#expand(path, segments, index + 1, inside, above);
    }
    const [names, kinds] = yield { list: this.#full(path) };
    const nextIsLast = index + 1 === segments.length - 1;
    for (let i = 0; i < names.length; i++) {
      const name = names[i];
      const matches = !isLast && typeof next === 'object' && matchesSegment(next, name);
      if (isHidden(name) && !matches) continue;
      const inner = this.#join(path, name);
      if (this.#excludes(inner, this.#entry(path, name, kinds[i]))) continue;
      if (matches && nextIsLast) yield* this.#emit(inner);
      if (yield* this.#isFolder(inner, kinds[i], above)) {
        if (!isHidden(name) && !this.#excludesFolder(path, inner, kinds[i])) {
          this.#push(inside, inner, segments, index);
        }
        if (matches && !nextIsLast) this.#push(inside, inner, segments, index + 2);
      } else if (isLast) {
        yield* this.#emit(inner);
      }
    }
  }

  /** An exclude function is asked a second time before a folder is entered, with its path. */
  #excludesFolder(path, inner, kind) {
    if (typeof this.#exclude !== 'function') return false;
    return this.#exclude(this.#withFileTypes ? this.#entry(path, require('path').basename(inner), kind) : inner);
  }
}

function toRoot(cwd) {
  const { resolve } = require('path');
  if (cwd === undefined) return resolve('.');
  return resolve(require('internal/url').toPathIfFileURL(cwd));
}

function toWalk(pattern, options) {
  validateObject(options, 'options');
  let { exclude } = options;
  const { withFileTypes, followSymlinks } = options;
  if (exclude !== undefined && exclude !== null) {
    if (Array.isArray(exclude)) {
      validateStringArray(exclude, 'options.exclude');
      exclude = exclude.map((text) => new GlobPattern(text));
    } else if (typeof exclude !== 'function') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.exclude', ['function', 'string[]'], exclude);
    }
  } else {
    exclude = undefined;
  }
  if (followSymlinks !== undefined) validateBoolean(followSymlinks, 'options.followSymlinks');
  if (Array.isArray(pattern)) validateStringArray(pattern, 'patterns');
  else validateString(pattern, 'patterns');
  return new Walk(Array.isArray(pattern) ? pattern : [pattern], { ...options, exclude, withFileTypes });
}

/** Whether there is something, and whether it or what it leads to is a folder. */
function toKind(numbers) {
  return numbers === undefined ? undefined : toStats(numbers);
}

function attempt(act, otherwise) {
  try {
    return act();
  } catch {
    // What cannot be read is not found.
    return otherwise;
  }
}

function answerSync({ list, kind, real, stats }) {
  if (list !== undefined) return attempt(() => ops.fs_readdir(list, true, true, false, undefined), NOTHING);
  if (real !== undefined) return attempt(() => ops.fs_realpath(real, true, true, undefined), real);
  const path = kind ?? stats;
  const found = attempt(() => toKind(ops.fs_stat(path, false, false, false, undefined)), undefined);
  if (found === undefined || stats !== undefined) return found;
  const target = found.isSymbolicLink()
    ? attempt(() => toKind(ops.fs_stat(path, true, false, false, undefined)), undefined)
    : found;
  return { isFolder: target?.isDirectory() ?? false };
}

/** As `attempt`, later. */
function later(start, otherwise) {
  return promised(start).catch(() => otherwise);
}

async function answer({ list, kind, real, stats }) {
  if (list !== undefined) return later((done) => ops.fs_readdir(list, true, true, false, done), NOTHING);
  if (real !== undefined) return later((done) => ops.fs_realpath(real, true, true, done), real);
  const path = kind ?? stats;
  const found = toKind(await later((done) => ops.fs_stat(path, false, false, false, done), undefined));
  if (found === undefined || stats !== undefined) return found;
  const target = found.isSymbolicLink()
    ? toKind(await later((done) => ops.fs_stat(path, true, false, false, done), undefined))
    : found;
  return { isFolder: target?.isDirectory() ?? false };
}

function globSync(pattern, options = {}) {
  const walk = toWalk(pattern, options).run();
  const found = [];
  for (let step = walk.next(); !step.done;) {
    if (step.value.found !== undefined) {
      found.push(step.value.found);
      step = walk.next();
    } else {
      step = walk.next(answerSync(step.value));
    }
  }
  return found;
}

async function* iterate(walk) {
  const steps = walk.run();
  for (let step = steps.next(); !step.done;) {
    if (step.value.found !== undefined) {
      yield step.value.found;
      step = steps.next();
    } else {
      step = steps.next(await answer(step.value));
    }
  }
}

/** The promise form: an async iterator of what is found. */
async function* globIterator(pattern, options = {}) {
  yield* iterate(toWalk(pattern, options));
}

function glob(pattern, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  checkCallback(callback);
  const walk = toWalk(pattern, options ?? {});
  collect(walk).then(
    (found) => process.nextTick(callback, null, found),
    (error) => process.nextTick(callback, error),
  );
}

async function collect(walk) {
  const found = [];
  for await (const item of iterate(walk)) found.push(item);
  return found;
}

module.exports = { glob, globIterator, globSync };
