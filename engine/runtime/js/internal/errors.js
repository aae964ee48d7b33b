'use strict';

// Errors with a code, and errors of system calls, as https://nodejs.org/api/errors.html describes them.
//
//   new codes.ERR_X(...)            the error of that code; its arguments stand in `internal/error_messages`
//   new AbortError(message, {cause})
//   new UVException({ errno, syscall, message, path, dest })   `ENOENT: no such file or directory, open 'x'`
//   new ErrnoException(errno, syscall, message)                `open ENOENT`
//   new UVExceptionWithHostPort(errno, syscall, address, port) `listen EADDRINUSE: address already in use ::1:80`
//   new ExceptionWithHostPort(errno, syscall, address, port, additional)
//   aggregateTwoErrors(inner, outer), isStackOverflowError(error), uvErrmapGet(errno)

const messages = require('internal/error_messages');
const { determineSpecificType, formatList } = require('internal/error_format');
const { systemErrorMap } = require('internal/errno');

const { captureStackTrace } = Error;
const { construct } = Reflect;
const { assign, create, defineProperty } = Object;

const CONTEXT_FIELDS = ['errno', 'syscall', 'path', 'dest'];

function defineHidden(object, key, value) {
  defineProperty(object, key, {
    __proto__: null,
    value,
    writable: true,
    enumerable: false,
    configurable: true,
  });
}

// A coded error is an instance of its base class in every respect but `toString()`, which also says the code.
// One prototype per base class, made when first needed.
const targets = new Map();

function targetFor(Base) {
  let target = targets.get(Base);
  if (target === undefined) {
    target = function NodeError() {};
    target.prototype = create(Base.prototype);
    defineHidden(target.prototype, 'constructor', Base);
    defineHidden(target.prototype, 'toString', function toString() {
      return `${this.name} [${this.code}]: ${this.message}`;
    });
    targets.set(Base, target);
  }
  return target;
}

/** Computes the stack's text now, under a name that includes the code; the name itself stays without it. */
function captureCodedStack(error, code, caller) {
  const { name } = error;
  const had = Object.getOwnPropertyDescriptor(error, 'name');
  defineHidden(error, 'name', `${name} [${code}]`);
  captureStackTrace(error, caller);
  // The text is made on the first reading.
  void error.stack;
  if (had) defineProperty(error, 'name', had);
  else delete error.name;
}

function makeClass(key, [Base, message, properties, code = key]) {
  const text = typeof message === 'function' ? message : () => message;
  return function NodeError(...args) {
    const error = construct(Base, [], targetFor(Base));
    error.code = code;
    defineHidden(error, 'message', text(...args));
    if (properties) assign(error, properties(...args));
    captureCodedStack(error, code, NodeError);
    return error;
  };
}

// Errors of system calls that a module reports under a code of its own. They take what the system said as an object
// `{ errno, code, message, syscall, path, dest }` and show its fields as their own.
function SystemError() {}
SystemError.prototype = create(Error.prototype);
defineHidden(SystemError.prototype, 'constructor', function NodeError() {});
defineHidden(SystemError.prototype, 'toString', function toString() {
  return `${this.name} [${this.code}]: ${this.message}`;
});

function makeSystemClass(code, [, prefix]) {
  return function NodeError(context) {
    const error = construct(Error, [], SystemError);
    error.code = code;
    defineHidden(error, 'name', 'SystemError');
    let message = `${prefix}: ${context.syscall} returned ${context.code} (${context.message})`;
    if (context.path !== undefined) message += ` ${context.path}`;
    if (context.dest !== undefined) message += ` => ${context.dest}`;
    defineHidden(error, 'message', message);
    defineProperty(error, 'info', { __proto__: null, value: context, enumerable: true, configurable: true });
    for (const field of CONTEXT_FIELDS) {
      if (field !== 'errno' && field !== 'syscall' && context[field] === undefined) continue;
      defineProperty(error, field, {
        __proto__: null,
        get() {
          return context[field];
        },
        set(value) {
          context[field] = value;
        },
        enumerable: true,
        configurable: true,
      });
    }
    captureCodedStack(error, code, NodeError);
    return error;
  };
}

const codes = {};
for (const code of Object.keys(messages)) {
  const row = messages[code];
  codes[code] = row[0] === 'SystemError' ? makeSystemClass(code, row) : makeClass(code, row);
}

// The same code on another class of error.
for (const [code, Base] of [['ERR_INVALID_STATE', TypeError], ['ERR_INVALID_ARG_VALUE', RangeError]]) {
  let Class;
  Object.defineProperty(codes[code], Base.name, {
    get: () => Class ??= makeClass(code, [Base, ...messages[code].slice(1)]),
  });
}

/** What an aborted operation fails with. */
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && typeof options !== 'object') {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

/** `[name, message]` of a negative system error number, or undefined. */
function uvErrmapGet(errno) {
  return systemErrorMap().get(errno);
}

function nameOf(errno) {
  return uvErrmapGet(errno)?.[0] ?? `Unknown system error ${errno}`;
}

function systemCallError(message, properties, caller) {
  const error = assign(new Error(message), properties);
  captureStackTrace(error, caller);
  return error;
}

/** The error of a failed call on a file: `ENOENT: no such file or directory, open 'x' -> 'y'`. */
function UVException({ errno, syscall, message: own, path, dest }) {
  const [code, meaning] = uvErrmapGet(errno) ?? ['UNKNOWN', 'unknown error'];
  const properties = { errno, syscall, code };
  let message = `${code}: ${own ?? meaning}, ${syscall}`;
  if (path) {
    properties.path = String(path);
    message += ` '${properties.path}'`;
  }
  if (dest) {
    properties.dest = String(dest);
    message += ` -> '${properties.dest}'`;
  }
  return systemCallError(message, properties, UVException);
}

/** The error of a failed call without a subject: `kill ESRCH`. */
function ErrnoException(errno, syscall, original) {
  const code = nameOf(errno);
  const message = original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`;
  return systemCallError(message, { errno, code, syscall }, ErrnoException);
}

function addressed(address, port) {
  if (port && port > 0) return ` ${address}:${port}`;
  return address ? ` ${address}` : '';
}

/** The error of a failed call on a socket, with the meaning of the code. */
function UVExceptionWithHostPort(errno, syscall, address, port) {
  const [code, meaning] = uvErrmapGet(errno) ?? ['UNKNOWN', 'unknown error'];
  const properties = { code, errno, syscall, address };
  if (port) properties.port = port;
  const message = `${syscall} ${code}: ${meaning}${addressed(address, port)}`;
  return systemCallError(message, properties, UVExceptionWithHostPort);
}

/** The error of a failed connection, with the local address if it is known. */
function ExceptionWithHostPort(errno, syscall, address, port, additional) {
  const code = nameOf(errno);
  const properties = { errno, code, syscall, address };
  if (port) properties.port = port;
  const local = additional ? ` - Local (${additional})` : '';
  return systemCallError(
    `${syscall} ${code}${addressed(address, port)}${local}`,
    properties,
    ExceptionWithHostPort,
  );
}

/** Two errors of one operation as one; nothing is lost when a clean-up fails after the operation did. */
function aggregateTwoErrors(inner, outer) {
  if (!inner || !outer || inner === outer) return inner || outer;
  if (Array.isArray(outer.errors)) {
    outer.errors.push(inner);
    return outer;
  }
  const error = new AggregateError([outer, inner], outer.message);
  error.code = outer.code;
  return error;
}

// How this engine words running out of stack; found out by doing so once.
let stackOverflow;

/** Whether an error is the engine's "Maximum call stack size exceeded". */
function isStackOverflowError(error) {
  if (stackOverflow === undefined) {
    try {
      (function overflow() {
        overflow();
      })();
    } catch (caught) {
      stackOverflow = { name: caught.name, message: caught.message };
    }
  }
  return Boolean(error) && error.name === stackOverflow.name && error.message === stackOverflow.message;
}

module.exports = {
  AbortError,
  ErrnoException,
  ExceptionWithHostPort,
  UVException,
  UVExceptionWithHostPort,
  aggregateTwoErrors,
  codes,
  determineSpecificType,
  formatList,
  isStackOverflowError,
  uvErrmapGet,
};
