'use strict';

// Whether and how fast `connect` tries the addresses of both families
// (https://nodejs.org/api/net.html#netsetdefaultautoselectfamilyvalue).

const { validateBoolean, validateInt32 } = require('internal/validators');

const MIN_TIMEOUT = 10;
const USUAL_TIMEOUT = 500;

const { isOn, valueOf } = require('internal/options');

let isDefault = isOn('--network-family-autoselection', isOn('--enable-network-family-autoselection', true));
let timeout = Math.max(Number(valueOf('--network-family-autoselection-attempt-timeout') ?? USUAL_TIMEOUT), MIN_TIMEOUT);

function getDefaultAutoSelectFamily() {
  return isDefault;
}

function setDefaultAutoSelectFamily(value) {
  validateBoolean(value, 'value');
  isDefault = value;
}

function getDefaultAutoSelectFamilyAttemptTimeout() {
  return timeout;
}

function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  validateInt32(value, 'value', 1);
  timeout = Math.max(value, MIN_TIMEOUT);
}

module.exports = {
  MIN_TIMEOUT,
  getDefault: getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  getDefaultTimeout: getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
};
