'use strict';

// `console.table` (https://nodejs.org/api/console.html#consoletabletabulardata-properties): data in a frame.

const { kindOf, kinds } = require('internal/util/kinds');
const { textWidth } = require('internal/util/width');

const ITERATION = '(iteration index)';
const INDEX = '(index)';
const KEY = 'Key';
const VALUES = 'Values';

function row(cells, widths) {
  const padded = cells.map((cell, i) => ` ${cell}${' '.repeat(widths[i] - textWidth(cell) - 1)}`);
  return `│${padded.join('│')}│\n`;
}

/** The frame with a heading and a column of cells for each entry of `head`. */
function draw(head, columns) {
  const height = Math.max(0, ...columns.map((column) => column.length));
  const widths = head.map((text) => textWidth(text) + 2);
  const rows = [];
  for (let i = 0; i < height; i++) {
    const cells = columns.map((column) => column[i] ?? '');
    cells.forEach((cell, j) => (widths[j] = Math.max(widths[j], textWidth(cell) + 2)));
    rows.push(cells);
  }
  const lines = widths.map((width) => '─'.repeat(width));
  let text = `┌${lines.join('┬')}┐\n${row(head, widths)}├${lines.join('┼')}┤\n`;
  for (const cells of rows) text += row(cells, widths);
  return `${text}└${lines.join('┴')}┘`;
}

function numbers(count) {
  return Array.from({ length: count }, (_, i) => String(i));
}

function isPrimitive(value) {
  return value === null || (typeof value !== 'function' && typeof value !== 'object');
}

/** Keys and values of a map or of an iterator over its entries, else undefined. */
function pairsOf(data, kind) {
  if (kind === kinds.MAP) return [...Map.prototype.entries.call(data)];
  if (kind !== kinds.MAP_ITERATOR) return undefined;
  const [entries, isPairs] = ops.util_preview(data);
  if (!isPairs) return undefined;
  return Array.from({ length: entries.length / 2 }, (_, i) => [entries[i * 2], entries[i * 2 + 1]]);
}

/** The members of a set or of an iterator, else undefined. */
function membersOf(data, kind) {
  if (kind === kinds.SET) return [...Set.prototype.values.call(data)];
  return kind === kinds.SET_ITERATOR || kind === kinds.MAP_ITERATOR ? ops.util_preview(data)[0] : undefined;
}

/** The table of `data`; `show` turns a value into a cell. */
function table(data, properties, show) {
  const kind = kindOf(data);
  const pairs = pairsOf(data, kind);
  if (pairs !== undefined) {
    const columns = [numbers(pairs.length), pairs.map(([key]) => show(key)), pairs.map(([, value]) => show(value))];
    return draw([ITERATION, KEY, VALUES], columns);
  }
  const members = membersOf(data, kind);
  if (members !== undefined) return draw([ITERATION, VALUES], [numbers(members.length), members.map(show)]);

  const indices = Object.keys(data);
  const columns = { __proto__: null };
  const plain = [];
  indices.forEach((index, i) => {
    const item = data[index];
    if (isPrimitive(item) && properties === undefined) {
      plain[i] = show(item);
      return;
    }
    for (const key of properties ?? Object.keys(item)) {
      columns[key] ??= [];
      columns[key][i] = isPrimitive(item) || !Object.hasOwn(item, key) ? '' : show(item[key]);
    }
  });
  const head = [INDEX, ...Object.keys(columns)];
  const cells = [indices, ...Object.values(columns)];
  if (plain.length > 0) {
    head.push(VALUES);
    cells.push(plain);
  }
  return draw(head, cells);
}

module.exports = { table };
