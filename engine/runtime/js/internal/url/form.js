'use strict';

// `application/x-www-form-urlencoded` (https://url.spec.whatwg.org/#application/x-www-form-urlencoded).
// A list is flat: name, value, name, value …

const PLAIN = /^[\w*.-]*$/;
const ESCAPE = /%[\da-fA-F]{2}/;
/** What `encodeURIComponent` leaves as it is and a form doesn't. */
const LEFT_OVER = /[!'()~]|%20/g;

const escapeLeftOver = (text) => (text === '%20' ? '+' : `%${text.charCodeAt(0).toString(16).toUpperCase()}`);

function encode(text) {
  return PLAIN.test(text) ? text : encodeURIComponent(text).replace(LEFT_OVER, escapeLeftOver);
}

/**
 * Bytes that are no UTF-8 become U+FFFD; what is no escape stays. Like Node, this takes the other characters for bytes,
 * too.
 */
function decodeLoosely(text) {
  return require('querystring').unescapeBuffer(text).toString();
}

function decode(text) {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!ESCAPE.test(spaced)) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return decodeLoosely(spaced);
  }
}

/**
 * The list that a query means.
 *
 * @param {string} query Without a question mark, and without lone surrogates.
 * @returns {string[]}
 */
function parseForm(query) {
  const list = [];
  for (let start = 0; start < query.length;) {
    let end = query.indexOf('&', start);
    if (end === -1) end = query.length;
    if (end > start) {
      const field = query.slice(start, end);
      const equals = field.indexOf('=');
      if (equals === -1) list.push(decode(field), '');
      else list.push(decode(field.slice(0, equals)), decode(field.slice(equals + 1)));
    }
    start = end + 1;
  }
  return list;
}

/**
 * The query that means `list`.
 *
 * @param {string[]} list
 * @returns {string}
 */
function serializeForm(list) {
  let query = '';
  for (let i = 0; i < list.length; i += 2) {
    query += `${i === 0 ? '' : '&'}${encode(list[i])}=${encode(list[i + 1])}`;
  }
  return query;
}

module.exports = { parseForm, serializeForm };
