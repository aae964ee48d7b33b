'use strict';

// DOMException (https://webidl.spec.whatwg.org/#idl-DOMException) and QuotaExceededError
// (https://webidl.spec.whatwg.org/#quotaexceedederror).

const { kClone, markCloneable } = require('internal/clone_marks');

/** Legacy constants in the order of their codes, with the names they belong to. */
const legacy = [
  ['INDEX_SIZE_ERR', 'IndexSizeError'],
  ['DOMSTRING_SIZE_ERR', undefined],
  ['HIERARCHY_REQUEST_ERR', 'HierarchyRequestError'],
  ['WRONG_DOCUMENT_ERR', 'WrongDocumentError'],
  ['INVALID_CHARACTER_ERR', 'InvalidCharacterError'],
  ['NO_DATA_ALLOWED_ERR', undefined],
  ['NO_MODIFICATION_ALLOWED_ERR', 'NoModificationAllowedError'],
  ['NOT_FOUND_ERR', 'NotFoundError'],
  ['NOT_SUPPORTED_ERR', 'NotSupportedError'],
  ['INUSE_ATTRIBUTE_ERR', 'InUseAttributeError'],
  ['INVALID_STATE_ERR', 'InvalidStateError'],
  ['SYNTAX_ERR', 'SyntaxError'],
  ['INVALID_MODIFICATION_ERR', 'InvalidModificationError'],
  ['NAMESPACE_ERR', 'NamespaceError'],
  ['INVALID_ACCESS_ERR', 'InvalidAccessError'],
  ['VALIDATION_ERR', undefined],
  ['TYPE_MISMATCH_ERR', 'TypeMismatchError'],
  ['SECURITY_ERR', 'SecurityError'],
  ['NETWORK_ERR', 'NetworkError'],
  ['ABORT_ERR', 'AbortError'],
  ['URL_MISMATCH_ERR', 'URLMismatchError'],
  ['QUOTA_EXCEEDED_ERR', 'QuotaExceededError'],
  ['TIMEOUT_ERR', 'TimeoutError'],
  ['INVALID_NODE_TYPE_ERR', 'InvalidNodeTypeError'],
  ['DATA_CLONE_ERR', 'DataCloneError'],
];

const codeOf = new Map();
legacy.forEach(([, name], index) => {
  if (name !== undefined) codeOf.set(name, index + 1);
});

/** Lets a class add its private fields to an object that exists already: here to errors, so that they are real ones. */
class Existing {
  constructor(object) {
    return object;
  }
}

/** What a DOMException knows beside being an error. */
class Fields extends Existing {
  #name;
  #message;

  constructor(error, name, message) {
    super(error);
    this.#name = name;
    this.#message = message;
  }

  static has(value) {
    return typeof value === 'object' && value !== null && #name in value;
  }

  static name(error) {
    if (!Fields.has(error)) throw invalidThis('DOMException');
    return error.#name;
  }

  static message(error) {
    if (!Fields.has(error)) throw invalidThis('DOMException');
    return error.#message;
  }
}

function invalidThis(type) {
  const error = new TypeError(`Value of "this" must be of ${type}`);
  error.code = 'ERR_INVALID_THIS';
  return error;
}

class DOMException {
  constructor(message = '', options = 'Error') {
    message = `${message}`;
    const isDictionary = typeof options === 'object' && options !== null;
    const name = isDictionary ? options.name : `${options}`;
    // V8 takes the message into the stack's text; the property itself is the prototype's.
    const error = Reflect.construct(Error, [message], new.target);
    delete error.message;
    new Fields(error, name, message);
    Error.captureStackTrace(error);
    if (isDictionary && 'cause' in options) {
      Object.defineProperty(error, 'cause', {
        __proto__: null, value: options.cause, configurable: true, enumerable: false, writable: true,
      });
    }
    markCloneable(error);
    return error;
  }

  get name() {
    return Fields.name(this);
  }

  get message() {
    return Fields.message(this);
  }

  get code() {
    return codeOf.get(Fields.name(this)) ?? 0;
  }

  [kClone]() {
    const data = { name: this.name, message: this.message, stack: this.stack };
    if ('cause' in this) data.cause = this.cause;
    return { data, deserializeInfo: 'internal/dom_exception:makeClone' };
  }
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperties(DOMException.prototype, {
  [Symbol.toStringTag]: { __proto__: null, value: 'DOMException', configurable: true },
  name: { __proto__: null, enumerable: true },
  message: { __proto__: null, enumerable: true },
  code: { __proto__: null, enumerable: true },
});
legacy.forEach(([constant], index) => {
  const descriptor = { __proto__: null, value: index + 1, enumerable: true };
  Object.defineProperty(DOMException, constant, descriptor);
  Object.defineProperty(DOMException.prototype, constant, descriptor);
});

/** A number of bytes as Web IDL converts it, null when it was not given. */
function toQuota(options, key) {
  if (!(key in options)) return null;
  const value = +options[key];
  if (!Number.isFinite(value)) {
    throw new TypeError(`Cannot convert options.${key} to a double: the value is ${value}`);
  }
  if (value < 0) throw new RangeError(`options.${key} must not be negative`);
  return value;
}

class QuotaExceededError extends DOMException {
  #quota;
  #requested;

  constructor(message = '', options = { __proto__: null }) {
    super(message, 'QuotaExceededError');
    options ??= { __proto__: null };
    this.#quota = toQuota(options, 'quota');
    this.#requested = toQuota(options, 'requested');
    if (this.#quota !== null && this.#requested !== null && this.#requested < this.#quota) {
      throw new RangeError('options.requested must not be less than options.quota');
    }
  }

  get quota() {
    if (!(#quota in this)) throw invalidThis('QuotaExceededError');
    return this.#quota;
  }

  get requested() {
    if (!(#requested in this)) throw invalidThis('QuotaExceededError');
    return this.#requested;
  }

  [kClone]() {
    const { data } = super[kClone]();
    data.quota = this.#quota;
    data.requested = this.#requested;
    return { data, deserializeInfo: 'internal/dom_exception:makeClone' };
  }
}

Object.defineProperties(QuotaExceededError.prototype, {
  [Symbol.toStringTag]: { __proto__: null, value: 'QuotaExceededError', configurable: true },
  quota: { __proto__: null, enumerable: true },
  requested: { __proto__: null, enumerable: true },
});

/** The copy that `structuredClone` makes, from what `[kClone]` gave. */
function makeClone({ name, message, stack, quota, requested, ...rest }) {
  let copy;
  if (quota === undefined) {
    copy = new DOMException(message, { name, ...rest });
  } else {
    const options = { __proto__: null };
    if (quota !== null) options.quota = quota;
    if (requested !== null) options.requested = requested;
    copy = new QuotaExceededError(message, options);
  }
  copy.stack = stack;
  return copy;
}

const isDOMException = Fields.has;

module.exports = { DOMException, QuotaExceededError, isDOMException, makeClone };
