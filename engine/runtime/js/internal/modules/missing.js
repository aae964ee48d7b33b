'use strict';

// Where a request that leads nowhere would have led, for the errors that Node words by it
// (https://nodejs.org/api/esm.html#resolution-algorithm-specification).

const path = require('path');

const isFolder = (file) => ops.module_kind(file) === 1;
const isFile = (file) => ops.module_kind(file) === 0;

/** The name of the package that a request begins with. */
function packageName(request) {
  const parts = request.split('/');
  return request.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
}

/** The folder of a package, looked for in every node_modules above; undefined when it is not installed. */
function packageFolder(name, from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (isFolder(candidate)) return candidate;
    if (folder === path.dirname(folder)) return undefined;
  }
}

function readManifest(folder) {
  const file = path.join(folder, 'package.json');
  if (!isFile(file)) return {};
  try {
    return { __proto__: null, ...JSON.parse(ops.module_read(file)) };
  } catch {
    // A broken one was reported by the resolver.
    return {};
  }
}

/** The package.json of an installed package when it is no JSON. */
function brokenManifest(request, from) {
  const folder = packageFolder(packageName(request), from);
  const file = folder === undefined ? '' : path.join(folder, 'package.json');
  if (!isFile(file)) return undefined;
  try {
    JSON.parse(ops.module_read(file));
    return undefined;
  } catch {
    return file;
  }
}

/** The string that a target of `exports` comes down to; undefined when no condition holds. */
function pickTarget(target, conditions) {
  if (typeof target === 'string') return target;
  if (target === null || typeof target !== 'object') return undefined;
  const choices = Array.isArray(target) ? target :
    Object.keys(target).filter((key) => key === 'default' || conditions.includes(key)).map((key) => target[key]);
  for (const choice of choices) {
    const picked = pickTarget(choice, conditions);
    if (picked !== undefined) return picked;
  }
  return undefined;
}

/** The target that `exports` gives for a subpath ('.' or './x'); undefined for none. */
function exportsTarget(exports, subpath, conditions) {
  const isMap = exports !== null && typeof exports === 'object' && !Array.isArray(exports) &&
    Object.keys(exports).every((key) => key.startsWith('.'));
  const map = isMap ? exports : { '.': exports };
  if (Object.hasOwn(map, subpath) && !subpath.includes('*')) return pickTarget(map[subpath], conditions);
  let best;
  for (const key of Object.keys(map)) {
    const star = key.indexOf('*');
    if (star === -1 || !subpath.startsWith(key.slice(0, star)) || !subpath.endsWith(key.slice(star + 1))) continue;
    if (best === undefined || star > best.indexOf('*')) best = key;
  }
  if (best === undefined) return undefined;
  const star = best.indexOf('*');
  const middle = subpath.slice(star, subpath.length - (best.length - star - 1));
  return pickTarget(map[best], conditions)?.replaceAll('*', () => middle);
}

/**
 * What `request`, a package or a path below one, would have been. `kind` is
 * - 'package': not installed (no `target` then), or without a file that its main could be;
 * - 'main': the `main` of `manifest` leads nowhere;
 * - 'exports': its `exports` name a file that is not there;
 * - 'file': a path below it that is not there.
 */
function wanted(request, from, isImport) {
  const folder = packageFolder(packageName(request), from);
  if (folder === undefined) return { kind: 'package' };
  const { exports, main } = readManifest(folder);
  const subpath = `.${request.slice(packageName(request).length)}`;
  if (exports !== undefined && exports !== null) {
    const conditions = ['node', isImport ? 'import' : 'require', 'module-sync', 'node-addons'];
    const target = exportsTarget(exports, subpath, conditions);
    return target === undefined ? { kind: 'package' } : { kind: 'exports', folder, target: path.join(folder, target) };
  }
  if (subpath !== '.') return { kind: 'file', folder, target: path.join(folder, subpath) };
  if (typeof main === 'string' && main !== '') {
    return { kind: 'main', folder, target: path.join(folder, main), manifest: path.join(folder, 'package.json') };
  }
  return { kind: 'package', folder, target: path.join(folder, 'index.js') };
}

/** `\nDid you mean to import "./x.js"?` when `require` would have found something; '' otherwise. */
function hint(request, from) {
  const isUrl = request.startsWith('file:');
  const text = isUrl ? ops.url_to_path(request) : request;
  const result = ops.module_resolve(text, from, 'require');
  if (result[0] !== 'found') return '';
  let found = result[1];
  if (text.startsWith('.')) {
    const relative = path.relative(from, found);
    found = relative.startsWith('.') ? relative : `./${relative}`;
  } else if (!text.startsWith('/')) {
    const name = packageName(text);
    found = path.join(name, path.relative(packageFolder(name, from), found));
  }
  return `\nDid you mean to import ${JSON.stringify(found)}?`;
}

module.exports = { brokenManifest, hint, packageName, wanted };
