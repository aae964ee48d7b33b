'use strict';

// Source maps (https://nodejs.org/api/module.html#source-map-support): positions in the source that a file was made
// from. Mappings are base-64 numbers of variable length (https://tc39.es/ecma426/).

const { codes } = require('internal/errors');

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const values = new Map(Array.from(DIGITS, (digit, index) => [digit, index]));

/** The numbers of a segment such as `AAgBC`. */
function decodeSegment(text) {
  const numbers = [];
  let number = 0;
  let shift = 0;
  for (const digit of text) {
    const value = values.get(digit) ?? 0;
    number += (value & 31) * 2 ** shift;
    if (value & 32) {
      shift += 5;
    } else {
      const size = Math.floor(number / 2);
      numbers.push(number % 2 === 1 ? -size : size);
      number = 0;
      shift = 0;
    }
  }
  return numbers;
}

/** Adds the mappings of one map, moved by an offset: [line, column, source, source line, source column, name]. */
function addMappings(map, lineOffset, columnOffset, entries) {
  const { names = [], sourceRoot } = map;
  const sources = (map.sources ?? []).map((source) => (sourceRoot ? `${sourceRoot.replace(/\/$/, '')}/${source}` : source));
  let source = 0;
  let sourceLine = 0;
  let sourceColumn = 0;
  let name = 0;
  map.mappings.split(';').forEach((line, index) => {
    let column = index === 0 ? columnOffset : 0;
    for (const segment of line.split(',')) {
      if (segment === '') continue;
      const [dColumn, dSource, dLine, dSourceColumn, dName] = decodeSegment(segment);
      column += dColumn;
      if (dSource === undefined) {
        entries.push([lineOffset + index, column]);
        continue;
      }
      source += dSource;
      sourceLine += dLine;
      sourceColumn += dSourceColumn;
      if (dName !== undefined) name += dName;
      entries.push([lineOffset + index, column, sources[source], sourceLine, sourceColumn,
        dName === undefined ? undefined : names[name]]);
    }
  });
}

function clone(payload) {
  if (payload === null || typeof payload !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('payload', ['Object'], payload);
  const copy = { ...payload };
  for (const [key, value] of Object.entries(copy)) if (Array.isArray(value)) copy[key] = [...value];
  if (payload.sections) {
    copy.sections = payload.sections.map(({ offset, map }) => ({ offset: { ...offset }, map: clone(map) }));
  }
  return copy;
}

class SourceMap {
  #payload;
  #lineLengths;
  #entries = [];

  constructor(payload, { lineLengths } = {}) {
    this.#payload = clone(payload);
    this.#lineLengths = lineLengths === undefined ? undefined : [...lineLengths];
    const { sections } = this.#payload;
    if (sections) {
      for (const { offset, map } of sections) addMappings(map, offset.line, offset.column, this.#entries);
    } else {
      addMappings(this.#payload, 0, 0, this.#entries);
    }
    this.#entries.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  }

  get payload() {
    return clone(this.#payload);
  }

  get lineLengths() {
    return this.#lineLengths === undefined ? undefined : [...this.#lineLengths];
  }

  /** The last mapping at or before a position, both counted from 0. */
  findEntry(lineOffset, columnOffset) {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const [line, column] = this.#entries[middle];
      if (line < lineOffset || (line === lineOffset && column <= columnOffset)) low = middle + 1;
      else high = middle;
    }
    const first = this.#entries[0];
    const entry = this.#entries[low - 1] ?? first;
    if (entry === undefined || (low === 0 && lineOffset < first[0])) return {};
    const [generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name] = entry;
    return { generatedLine, generatedColumn, originalSource, originalLine, originalColumn, name };
  }

  /** The position in the source of a position, both counted from 1. */
  findOrigin(lineNumber, columnNumber) {
    const range = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (range.originalSource === undefined || range.originalLine === undefined || range.originalColumn === undefined ||
        range.generatedLine === undefined || range.generatedColumn === undefined) {
      return {};
    }
    const lineOffset = lineNumber - range.generatedLine;
    const columnOffset = columnNumber - range.generatedColumn;
    return {
      name: range.name,
      fileName: range.originalSource,
      lineNumber: range.originalLine + lineOffset,
      columnNumber: range.originalColumn + columnOffset,
    };
  }
}

module.exports = { SourceMap };
