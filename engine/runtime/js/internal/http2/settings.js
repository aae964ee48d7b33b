'use strict';

// Settings of a connection (https://nodejs.org/api/http2.html#settings-object).

const { Buffer } = require('buffer');
const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const { constants } = require('internal/http2/constants');

const IDS = { headerTableSize: 1, enablePush: 2, maxConcurrentStreams: 3, initialWindowSize: 4, maxFrameSize: 5, maxHeaderListSize: 6, enableConnectProtocol: 8 };
const NAMES = new Map(Object.entries(IDS).map(([name, id]) => [id, name]));
const LARGEST = 2 ** 32 - 1;
const RANGES = {
  headerTableSize: [0, LARGEST], maxConcurrentStreams: [0, LARGEST], initialWindowSize: [0, 2 ** 31 - 1],
  maxFrameSize: [16384, 2 ** 24 - 1], maxHeaderListSize: [0, LARGEST], maxHeaderSize: [0, LARGEST],
};
/** Settings of extensions that may be sent at once. */
const MOST_CUSTOM = 10;
const SWITCHES = ['enablePush', 'enableConnectProtocol'];

/** What holds until the peer says something else. */
function initialSettings() {
  return {
    headerTableSize: 4096, enablePush: true, initialWindowSize: 65535, maxFrameSize: 16384, maxConcurrentStreams: LARGEST,
    maxHeaderListSize: LARGEST, maxHeaderSize: LARGEST, enableConnectProtocol: false,
  };
}

function checkSettings(settings = {}) {
  validateObject(settings, 'settings');
  for (const [name, [least, most]] of Object.entries(RANGES)) {
    const value = settings[name];
    if (value === undefined) continue;
    if (typeof value !== 'number' || value < least || value > most) throw new codes.ERR_HTTP2_INVALID_SETTING_VALUE_RANGE(name, value, least, most);
  }
  for (const name of SWITCHES) {
    const value = settings[name];
    if (value !== undefined && typeof value !== 'boolean') throw new codes.ERR_HTTP2_INVALID_SETTING_VALUE_TYPE(name, value);
  }
  const found = {};
  for (const name of Object.keys(IDS)) if (settings[name] !== undefined) found[name] = settings[name];
  if (settings.customSettings !== undefined) found.customSettings = checkCustom(settings.customSettings);
  if (settings.maxHeaderSize !== undefined) found.maxHeaderListSize ??= settings.maxHeaderSize;
  return found;
}

/** Settings of extensions, by number. */
function checkCustom(custom) {
  if (custom === null || typeof custom !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('customSettings', 'Number', custom);
  const found = {};
  for (const [key, value] of Object.entries(custom)) {
    const id = Number(key);
    if (!(id > 0)) throw new codes.ERR_HTTP2_INVALID_SETTING_VALUE_RANGE('Range Error', id, 0, 0xffff);
    if (id > 0xffff) throw new codes.ERR_HTTP2_INVALID_SETTING_VALUE_RANGE('customSettings:id', id, 0, 0xffff);
    if (NAMES.has(id) || typeof value !== 'number') continue;
    if (value < 0 || value > LARGEST) throw new codes.ERR_HTTP2_INVALID_SETTING_VALUE_RANGE('customSettings:value', value, 0, LARGEST);
    found[id] = value;
  }
  if (Object.keys(found).length > MOST_CUSTOM) throw new codes.ERR_HTTP2_TOO_MANY_CUSTOM_SETTINGS();
  return found;
}

/** Settings as the payload of a frame. */
function pack(settings) {
  const list = Object.keys(IDS).filter((name) => settings[name] !== undefined).sort((a, b) => IDS[a] - IDS[b])
    .map((name) => [IDS[name], Number(settings[name])]);
  for (const [id, value] of Object.entries(settings.customSettings ?? {})) list.push([Number(id), value]);
  const bytes = Buffer.alloc(list.length * 6);
  list.forEach(([id, value], index) => {
    bytes.writeUInt16BE(id, index * 6);
    bytes.writeUInt32BE(value, index * 6 + 2);
  });
  return bytes;
}

/** The settings in a payload; of extensions those in `custom`. */
function unpack(bytes, custom) {
  const settings = {};
  for (let at = 0; at + 6 <= bytes.length; at += 6) {
    const id = bytes.readUInt16BE(at);
    const name = NAMES.get(id);
    const value = bytes.readUInt32BE(at + 2);
    if (name !== undefined) settings[name] = SWITCHES.includes(name) ? value !== 0 : value;
    else if (custom(id)) (settings.customSettings ??= {})[id] = value;
  }
  return settings;
}

function getPackedSettings(settings) {
  return pack(checkSettings(settings));
}

function getUnpackedSettings(bytes, options = {}) {
  if (!ArrayBuffer.isView(bytes) || bytes instanceof DataView) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray'], bytes);
  }
  if (bytes.length % 6 !== 0) throw new codes.ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH();
  const settings = unpack(Buffer.from(bytes), () => true);
  if (settings.maxHeaderListSize !== undefined) settings.maxHeaderSize = settings.maxHeaderListSize;
  if (options?.validate) checkSettings(settings);
  return settings;
}

/** The settings of a session that sets nothing itself. */
function getDefaultSettings() {
  return {
    __proto__: null,
    headerTableSize: constants.DEFAULT_SETTINGS_HEADER_TABLE_SIZE,
    enablePush: constants.DEFAULT_SETTINGS_ENABLE_PUSH === 1,
    initialWindowSize: constants.DEFAULT_SETTINGS_INITIAL_WINDOW_SIZE,
    maxFrameSize: constants.DEFAULT_SETTINGS_MAX_FRAME_SIZE,
    maxConcurrentStreams: constants.DEFAULT_SETTINGS_MAX_CONCURRENT_STREAMS,
    maxHeaderSize: constants.DEFAULT_SETTINGS_MAX_HEADER_LIST_SIZE,
    maxHeaderListSize: constants.DEFAULT_SETTINGS_MAX_HEADER_LIST_SIZE,
    enableConnectProtocol: constants.DEFAULT_SETTINGS_ENABLE_CONNECT_PROTOCOL === 1,
  };
}

module.exports = { checkSettings, getDefaultSettings, getPackedSettings, getUnpackedSettings, initialSettings, pack, unpack };
