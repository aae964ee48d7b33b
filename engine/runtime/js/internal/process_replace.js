'use strict';

// `process.execve` and `process.loadEnvFile` (https://nodejs.org/api/process.html#processexecvefile-args-env).

const { codes } = require('internal/errors');
const { validateArray, validateObject, validateString } = require('internal/validators');
const { warnExperimental } = require('internal/process_warning');

const isText = (value) => typeof value === 'string' && !value.includes('\0');

/** `process.execve`: another program takes the place of this one. */
function execve(execPath, args = [], env) {
  validateString(execPath, 'execPath');
  validateArray(args, 'args');
  args.forEach((arg, index) => {
    if (!isText(arg)) throw new codes.ERR_INVALID_ARG_VALUE(`args[${index}]`, arg, 'must be a string without null bytes');
  });
  if (env !== undefined) validateObject(env, 'env');
  warnExperimental('process.execve');
  const pairs = Object.entries(env ?? process.env);
  for (const [name, value] of pairs) {
    if (!isText(name) || !isText(value)) {
      throw new codes.ERR_INVALID_ARG_VALUE('env', env, 'must be an object with string keys and values without null bytes');
    }
  }
  const { observed, publish } = require('internal/diagnostics/observed');
  if (observed.module !== null) publish('process.execve', { execPath, args, env: env ?? process.env });
  try {
    ops.process_execve(execPath.split('\0', 1)[0], [...args], pairs.map(([name, value]) => `${name}=${value}`));
  } catch (error) {
    const [, text] = /: (.*), execve/.exec(error.message) ?? [null, error.message];
    error.message = `${error.code}, ${text[0].toUpperCase()}${text.slice(1)} '${execPath.split('\0', 1)[0]}'`;
    throw error;
  }
}

/** `process.loadEnvFile`: variables that are set already stay as they are. */
function loadEnvFile(path = '.env') {
  if (typeof path === 'number') throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'Buffer', 'URL'], path);
  const text = require('fs').readFileSync(path, 'utf8');
  for (const [name, value] of Object.entries(require('util').parseEnv(text))) {
    if (process.env[name] === undefined) process.env[name] = value;
  }
}

module.exports = { execve, loadEnvFile };
