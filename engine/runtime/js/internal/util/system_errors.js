'use strict';

// Names and messages of system errors, by number (https://nodejs.org/api/util.html#utilgetsystemerrornameerr).

const { systemErrorMap } = require('internal/errno');
const { ErrnoException, ExceptionWithHostPort, codes } = require('internal/errors');
const { validateNumber } = require('internal/validators');

function check(err) {
  validateNumber(err, 'err');
  if (err >= 0 || !Number.isSafeInteger(err)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', err);
}

/** `ENOENT` of -2. */
function getSystemErrorName(err) {
  check(err);
  return systemErrorMap().get(err)?.[0] ?? `Unknown system error ${err}`;
}

/** `no such file or directory` of -2. */
function getSystemErrorMessage(err) {
  check(err);
  return systemErrorMap().get(err)?.[1] ?? `Unknown system error ${err}`;
}

/** All of them; the caller may change its copy. */
function getSystemErrorMap() {
  return new Map(systemErrorMap());
}

/** `open ENOENT`. */
function errnoException(err, syscall, original) {
  check(err);
  return ErrnoException(err, syscall, original);
}

/** `connect ECONNREFUSED 127.0.0.1:80`. */
function exceptionWithHostPort(err, syscall, address, port, additional) {
  check(err);
  return ExceptionWithHostPort(err, syscall, address, port, additional);
}

module.exports = {
  errnoException,
  exceptionWithHostPort,
  getSystemErrorMap,
  getSystemErrorMessage,
  getSystemErrorName,
};
