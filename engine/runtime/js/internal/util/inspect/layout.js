'use strict';

// How the parts of a value are put together: on one line, on a line each, or in columns. The rules are those that the
// options `compact` and `breakLength` of `util.inspect` describe (https://nodejs.org/api/util.html).

const { stripControl } = require('internal/util/inspect/options');
const { textWidth } = require('internal/util/width');

/** What the parts of a value are: properties, or items of a list (which may stand in columns). */
const kProperties = 0;
const kItems = 1;

// A list of more items than this is put in columns.
const MOST_IN_A_ROW = 6;
const MOST_COLUMNS = 15;
const SEPARATOR = 2;
// A character is about so many times as high as it is wide; columns make the list about square.
const CHARACTER_SHAPE = 2.5;
// What a line holds besides its parts: brackets and spaces.
const AROUND_PARTS = 10;

function fitsOnALine(context, parts, start, base) {
  const { breakLength } = context;
  let length = parts.length + start;
  if (length + parts.length > breakLength) return false;
  for (let i = 0; i < parts.length; i++) {
    length += context.colors ? stripControl(parts[i]).length : parts[i].length;
    if (length > breakLength) return false;
  }
  return base === '' || !base.includes('\n');
}

function areNumbers(values, count) {
  if (values === undefined) return true;
  for (let i = 0; i < count; i++) {
    if (typeof values[i] !== 'number' && typeof values[i] !== 'bigint') return false;
  }
  return true;
}

function widest(widths, column, columns) {
  let most = 0;
  for (let i = column; i < widths.length; i += columns) if (widths[i] > most) most = widths[i];
  return most;
}

/** Lines of several items each when that is easier to read; else the parts as they are. */
function inColumns(context, parts, values) {
  // The last part says how many items were left out.
  const isCut = context.maxArrayLength < parts.length;
  const count = isCut ? parts.length - 1 : parts.length;
  const widths = new Array(count);
  let total = 0;
  let longest = 0;
  for (let i = 0; i < count; i++) {
    const width = textWidth(parts[i], context.colors);
    widths[i] = width;
    total += width + SEPARATOR;
    if (width > longest) longest = width;
  }
  const cell = longest + SEPARATOR;
  if (cell * 3 + context.indentation >= context.breakLength || (total / cell <= 5 && longest > 6)) return parts;

  const unevenness = Math.sqrt(cell - total / parts.length);
  const typical = Math.max(cell - 3 - unevenness, 1);
  const columns = Math.min(
    Math.round(Math.sqrt(CHARACTER_SHAPE * typical * count) / typical),
    Math.floor((context.breakLength - context.indentation) / cell),
    context.compact * 4,
    MOST_COLUMNS,
  );
  if (columns <= 1) return parts;

  const columnWidths = Array.from({ length: columns }, (_, column) => widest(widths, column, columns));
  const toRight = areNumbers(values, parts.length);
  const lines = [];
  for (let start = 0; start < count; start += columns) {
    const last = Math.min(start + columns, count) - 1;
    let line = '';
    for (let i = start; i <= last; i++) {
      const padding = ' '.repeat(columnWidths[i - start] - widths[i]);
      const separator = i < last ? ', ' : '';
      if (toRight) line += `${padding}${parts[i]}${separator}`;
      else line += `${parts[i]}${separator}${i < last ? padding : ''}`;
    }
    lines.push(line);
  }
  if (isCut) lines.push(parts[count]);
  return lines;
}

/**
 * The parts between `opening` and `closing`, behind `base`. `level` is how deep the value stands; `values` are the
 * items of a list.
 */
function arrange(context, parts, base, opening, closing, type, level, values) {
  const { compact } = context;
  const before = base === '' ? '' : `${base} `;
  if (compact === true) {
    if (fitsOnALine(context, parts, 0, base)) {
      return `${opening}${base === '' ? '' : ` ${base}`} ${parts.join(', ')} ${closing}`;
    }
    const newLine = `\n${' '.repeat(context.indentation)}`;
    const first = base === '' && opening.length === 1 ? ' ' : `${base === '' ? '' : ` ${base}`}${newLine}  `;
    return `${opening}${first}${parts.join(`,${newLine}  `)} ${closing}`;
  }
  if (typeof compact === 'number' && compact >= 1) {
    const count = parts.length;
    if (type === kItems && count > MOST_IN_A_ROW) parts = inColumns(context, parts, values);
    // Values that hold few levels of others (of those shown last) stand on one line.
    if (context.lastLevel - level < compact && count === parts.length) {
      const start = parts.length + context.indentation + opening.length + base.length + AROUND_PARTS;
      if (fitsOnALine(context, parts, start, base)) {
        const joined = parts.join(', ');
        if (!joined.includes('\n')) return `${before}${opening} ${joined} ${closing}`;
      }
    }
  }
  const newLine = `\n${' '.repeat(context.indentation)}`;
  return `${before}${opening}${newLine}  ${parts.join(`,${newLine}  `)}${newLine}${closing}`;
}

module.exports = { arrange, kItems, kProperties };
