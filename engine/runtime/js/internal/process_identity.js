'use strict';

// Whose process it is (https://nodejs.org/api/process.html#processsetuidid).

const { ErrnoException, codes } = require('internal/errors');
const { validateUint32 } = require('internal/validators');

function validateId(id, name) {
  if (typeof id === 'number') validateUint32(id, name);
  else if (typeof id !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
}

/** The number of a user or group. */
function toNumber(id, isGroup) {
  if (typeof id === 'number') return id;
  const found = ops.identity_find(id, isGroup);
  if (found === null || typeof found === 'string') throw new codes.ERR_UNKNOWN_CREDENTIAL(isGroup ? 'Group' : 'User', id);
  return found;
}

function call(act) {
  try {
    act();
  } catch (error) {
    throw new ErrnoException(error.errno, error.syscall);
  }
}

function setter(isGroup, isEffective) {
  return (id) => {
    validateId(id, 'id');
    const number = toNumber(id, isGroup);
    try {
      ops.identity_set(number, isGroup, isEffective);
    } catch (error) {
      error.message = `${error.code}, ${error.message.replace(/^\w+: /, '').replace(/, \w+$/, '').replace(/^./, (first) => first.toUpperCase())}`;
      throw error;
    }
  };
}

/** `process.setgroups`. */
function setgroups(groups) {
  if (!Array.isArray(groups)) throw new codes.ERR_INVALID_ARG_TYPE('groups', 'Array', groups);
  groups.forEach((group, index) => validateId(group, `groups[${index}]`));
  const numbers = groups.map((group) => toNumber(group, true));
  call(() => ops.identity_set_groups(numbers));
}

/** `process.initgroups`. */
function initgroups(user, extraGroup) {
  validateId(user, 'user');
  validateId(extraGroup, 'extraGroup');
  let name = user;
  if (typeof user === 'number') {
    name = ops.identity_find(String(user), false);
    if (name === null) throw new codes.ERR_UNKNOWN_CREDENTIAL('User', user);
  }
  const group = toNumber(extraGroup, true);
  call(() => ops.identity_init_groups(name, group));
}

module.exports = {
  initgroups,
  setegid: setter(true, true),
  seteuid: setter(false, true),
  setgid: setter(true, false),
  setgroups,
  setuid: setter(false, false),
};
