'use strict';

// What is an IP address, by its text (https://nodejs.org/api/net.html#netisipinput).

const V4_PART = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const V4 = `(?:${V4_PART}\\.){3}${V4_PART}`;
const isV4 = new RegExp(`^${V4}$`);
const isZone = /^[0-9a-zA-Z-.:]+$/;
const isGroup = /^[0-9a-fA-F]{1,4}$/;

const LOOSE_V6 = /^[0-9a-fA-F:.]+$/;

/** Groups of a part between the ends or '::'; -1 when one of them is none. The last may be an IPv4 address. */
function countGroups(text, isLast) {
  if (text === '') return 0;
  const parts = text.split(':');
  let count = parts.length;
  for (let i = 0; i < parts.length; i++) {
    if (isGroup.test(parts[i])) continue;
    if (!isLast || i !== parts.length - 1 || !isV4.test(parts[i])) return -1;
    count += 1;
  }
  return count;
}

/** `net.isIPv4`. */
function isIPv4(input) {
  return isV4.test(`${input}`);
}

/** `net.isIPv6` (https://www.rfc-editor.org/rfc/rfc4291#section-2.2), perhaps with a zone. */
function isIPv6(input) {
  let text = `${input}`;
  if (!text.includes(':')) return false;
  const zone = text.indexOf('%');
  if (zone !== -1) {
    if (!isZone.test(text.slice(zone + 1))) return false;
    text = text.slice(0, zone);
  }
  if (!LOOSE_V6.test(text)) return false;
  const gap = text.indexOf('::');
  if (gap === -1) return countGroups(text, true) === 8;
  const before = countGroups(text.slice(0, gap), false);
  const after = countGroups(text.slice(gap + 2), true);
  return before !== -1 && after !== -1 && before + after < 8;
}

/** `net.isIP`: 4, 6 or 0. */
function isIP(input) {
  if (isIPv4(input)) return 4;
  return isIPv6(input) ? 6 : 0;
}

module.exports = { isIP, isIPv4, isIPv6 };
