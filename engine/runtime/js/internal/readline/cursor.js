'use strict';

// The functions of `readline` that move a terminal's cursor
// (https://nodejs.org/api/readline.html#readlineclearlinestream-dir-callback).

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const { ERR_INVALID_ARG_VALUE, ERR_INVALID_CURSOR_POS } = codes;

const CSI = '\x1b[';

/** Sequences of a terminal (https://www.xfree86.org/current/ctlseqs.html). */
const sequences = {
  clearLine: (dir) => {
    if (dir < 0) return `${CSI}1K`;
    return dir > 0 ? `${CSI}0K` : `${CSI}2K`;
  },
  clearScreenDown: () => `${CSI}0J`,
  cursorTo: (x, y) => (typeof y === 'number' ? `${CSI}${y + 1};${x + 1}H` : `${CSI}${x + 1}G`),
  moveCursor: (dx, dy) => {
    let data = '';
    if (dx < 0) data += `${CSI}${-dx}D`;
    else if (dx > 0) data += `${CSI}${dx}C`;
    if (dy < 0) data += `${CSI}${-dy}A`;
    else if (dy > 0) data += `${CSI}${dy}B`;
    return data;
  },
};

function write(stream, data, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  if (stream === null || stream === undefined || data === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(data, callback);
}

function cursorTo(stream, x, y, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  let row = y;
  let done = callback;
  if (typeof row === 'function') {
    done = row;
    row = undefined;
  }
  if (Number.isNaN(x)) throw new ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(row)) throw new ERR_INVALID_ARG_VALUE('y', row);
  const isSomewhere = typeof x === 'number' || typeof row === 'number';
  if (isSomewhere && stream && typeof x !== 'number') throw new ERR_INVALID_CURSOR_POS();
  return write(stream, isSomewhere ? sequences.cursorTo(x, row) : '', done);
}

function moveCursor(stream, dx, dy, callback) {
  return write(stream, sequences.moveCursor(dx, dy), callback);
}

function clearLine(stream, dir, callback) {
  return write(stream, sequences.clearLine(dir), callback);
}

function clearScreenDown(stream, callback) {
  return write(stream, sequences.clearScreenDown(), callback);
}

module.exports = { clearLine, clearScreenDown, cursorTo, moveCursor, sequences };
