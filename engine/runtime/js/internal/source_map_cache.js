'use strict';

// The source maps of loaded files, and stacks by them (https://nodejs.org/api/cli.html#--enable-source-maps).

const path = require('path');

const support = { __proto__: null, enabled: false, nodeModules: false, generatedCode: false };
/** File or URL → { url, text, map } of files whose text names a source map. */
const known = new Map();

const isNodeModule = (file) => /[/\\]node_modules[/\\]/.test(file);

/** Follows `module.setSourceMapsSupport`. */
function setSupport(enabled, options = {}) {
  const { validateBoolean, validateObject } = require('internal/validators');
  validateBoolean(enabled, 'enabled');
  validateObject(options, 'options');
  const { nodeModules = false, generatedCode = false } = options;
  validateBoolean(nodeModules, 'options.nodeModules');
  validateBoolean(generatedCode, 'options.generatedCode');
  Object.assign(support, { enabled, nodeModules, generatedCode });
  ops.error_map_stacks(enabled ? mapStack : undefined);
}

const getSupport = () => Object.freeze({ __proto__: null, ...support });
const isEnabled = () => support.enabled;
/** Whether files are to be noted. */
const isNoting = () => support.enabled || isCollecting;

/** Coverage is reported with the maps of all files. */
let isCollecting = false;
function noteAll() {
  isCollecting = true;
}

/** Source maps and line lengths of the files noted so far, by URL. */
function collect() {
  const found = {};
  for (const [file, { url, text }] of known) {
    const key = file.startsWith('/') ? ops.url_from_path(file) : file;
    let data = null;
    try {
      data = readPayload(file, url);
      if (data !== null) resolveSources(data, file, url);
    } catch {
      // A map that cannot be read maps nothing.
    }
    found[key] = { lineLengths: text.replace(/\n$/, '').split('\n').map((line) => line.length), data, url };
  }
  return found;
}

/** Notes a file that was loaded, when its text names a source map. */
function note(file, text) {
  if (!isNoting() || (!isCollecting && !support.nodeModules && isNodeModule(file))) return;
  const [, url] = [...text.matchAll(/\/[*/]#\s+sourceMappingURL=([^\s'"]+)/g)].at(-1) ?? [];
  if (url !== undefined) known.set(file, { url, text, map: undefined });
}

function toPath(file) {
  return file.startsWith('file:') ? ops.url_to_path(file) : file;
}

function readPayload(file, url) {
  const data = /^data:([^,]*),(.*)$/s.exec(url);
  if (data === null) return JSON.parse(ops.module_read(path.resolve(path.dirname(toPath(file)), decodeURI(url))));
  const { Buffer } = require('buffer');
  const isBase64 = /;base64$/.test(data[1]);
  return JSON.parse(isBase64 ? Buffer.from(data[2], 'base64').toString() : decodeURIComponent(data[2]));
}

/** URLs of sources, seen from where the map lies. */
function resolveSources(payload, file, url) {
  const { pathToFileURL } = require('url');
  const base = url.startsWith('data:') ? toPath(file) : path.resolve(path.dirname(toPath(file)), decodeURI(url));
  const root = payload.sourceRoot ? payload.sourceRoot.replace(/\/?$/, '/') : '';
  const absolute = (source) => {
    if (/^[a-z][a-z0-9+.-]+:/i.test(root + source)) return new URL(root + source).href;
    return pathToFileURL(path.resolve(path.dirname(base), root + source)).href;
  };
  if (payload.sources) {
    payload.sources = payload.sources.map(absolute);
    payload.sourceRoot = '';
  }
  for (const section of payload.sections ?? []) resolveSources(section.map, file, url);
}

function load(file) {
  const entry = known.get(file) ?? known.get(file.startsWith('/') ? ops.url_from_path(file) : toPath(file));
  if (entry === undefined) return undefined;
  if (entry.map === undefined) {
    entry.map = null;
    try {
      const { SourceMap } = require('internal/source_map');
      const payload = readPayload(file, entry.url);
      resolveSources(payload, file, entry.url);
      entry.map = new SourceMap(payload, { lineLengths: entry.text.replace(/\n$/, '').split('\n').map((line) => line.length) });
    } catch {
      // A map that cannot be read maps nothing.
    }
  }
  return entry.map ?? undefined;
}

/** `module.findSourceMap(path)`. */
function findSourceMap(file) {
  require('internal/validators').validateString(file, 'path');
  return load(file);
}

/** Where a position in a file comes from: { source, line, column, name }, counted from 1, or undefined. */
function originOf(file, line, column) {
  if (typeof file !== 'string') return undefined;
  const map = load(file);
  if (map === undefined) return undefined;
  const entry = map.findEntry(line - 1, column - 1);
  if (entry.originalSource === undefined) return undefined;
  const source = entry.originalSource.startsWith('file:') ? toPath(entry.originalSource) : entry.originalSource;
  return { source, line: entry.originalLine + 1, column: entry.originalColumn + 1, name: entry.name };
}

/** The name of a frame's function: the one in the source, when its caller's position has it in the map. */
function frameName(site, callerName) {
  if (site.isConstructor()) return `new ${callerName ?? site.getFunctionName() ?? '<anonymous>'}`;
  const own = String(site);
  const shown = own.includes(' (') ? own.slice(0, own.lastIndexOf(' (')) : '';
  if (callerName === undefined) return shown || '<anonymous>';
  const [prefix] = /^(?:async )?(?:[^ .]+\.)?/.exec(shown);
  return prefix + callerName;
}

/** The text of a stack; the engine calls this. */
function mapStack(error, sites, header) {
  const origins = sites.map((site) => originOf(site.getFileName(), site.getLineNumber(), site.getColumnNumber()));
  return header + sites.map((site, index) => {
    const origin = origins[index];
    if (origin === undefined) return `\n    at ${site}`;
    return `\n    at ${frameName(site, origins[index + 1]?.name)} (${origin.source}:${origin.line}:${origin.column})`;
  }).join('');
}

/** The place of an uncaught error as its source has it: file, line and a caret; `place` when no map tells. */
function mapPlace(place) {
  if (!support.enabled || place === '') return place;
  const [head, , marks = ''] = place.split('\n');
  const [, file, line] = /^(.*):(\d+)$/.exec(head) ?? [];
  if (file === undefined) return place;
  const start = marks.length - marks.trimStart().length;
  const origin = originOf(file, Number(line), start + 1);
  if (origin === undefined) return place;
  const text = sourceText(file, origin.source);
  const sourceLine = text?.split('\n')[origin.line - 1];
  if (sourceLine === undefined) return place;
  const blank = sourceLine.slice(0, origin.column - 1).replace(/[^\t]/g, ' ');
  return `${origin.source}:${origin.line}\n${sourceLine}\n${blank}^\n`;
}

/** A source's text: from the map itself or from its file. */
function sourceText(file, source) {
  const { payload } = load(file);
  for (const { sources = [], sourcesContent = [] } of payload.sections?.map(({ map }) => map) ?? [payload]) {
    const index = sources.findIndex((url) => url === source || toPath(url) === source);
    if (index !== -1 && typeof sourcesContent[index] === 'string') return sourcesContent[index];
  }
  try {
    return ops.module_read(source);
  } catch {
    return undefined;
  }
}

module.exports = { collect, findSourceMap, getSupport, isEnabled, isNoting, mapPlace, note, noteAll, originOf, setSupport };
