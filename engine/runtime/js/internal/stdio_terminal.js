'use strict';

// What a terminal can do (https://nodejs.org/api/tty.html#class-ttywritestream).

const { codes } = require('internal/errors');
const { validateFunction, validateInteger } = require('internal/validators');
const { getColorDepth } = require('internal/tty/color_depth');

const ESCAPE = '\x1b[';

function getWindowSize() {
  return [this.columns, this.rows];
}

function hasColors(count, env) {
  if (env === undefined && (count === undefined || (typeof count === 'object' && count !== null))) {
    env = count;
    count = 16;
  } else {
    validateInteger(count, 'count', 2);
  }
  return count <= 2 ** Reflect.apply(getColorDepth, this, env === undefined ? [] : [env]);
}

function send(stream, text, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  return stream.write(text, callback);
}

function cursorTo(x, y, callback) {
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  if (Number.isNaN(x)) throw new codes.ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new codes.ERR_INVALID_ARG_VALUE('y', y);
  return send(this, typeof y === 'number' ? `${ESCAPE}${y + 1};${x + 1}H` : `${ESCAPE}${x + 1}G`, callback);
}

function moveCursor(dx, dy, callback) {
  let text = '';
  if (dx < 0) text += `${ESCAPE}${-dx}D`;
  else if (dx > 0) text += `${ESCAPE}${dx}C`;
  if (dy < 0) text += `${ESCAPE}${-dy}A`;
  else if (dy > 0) text += `${ESCAPE}${dy}B`;
  return send(this, text, callback);
}

/** Towards the start (-1), the end (1), or the whole line (0). */
function clearLine(dir, callback) {
  const how = dir < 0 ? 1 : dir > 0 ? 0 : 2;
  return send(this, `${ESCAPE}${how}K`, callback);
}

function clearScreenDown(callback) {
  return send(this, `${ESCAPE}0J`, callback);
}

module.exports = { clearLine, clearScreenDown, cursorTo, getColorDepth, getWindowSize, hasColors, moveCursor };
