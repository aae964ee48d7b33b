'use strict';

// CloseEvent (https://websockets.spec.whatwg.org/#the-closeevent-interface) and ErrorEvent
// (https://html.spec.whatwg.org/multipage/webappapis.html#errorevent).

const { Event } = require('internal/event_target');
const { required } = require('internal/fetch/convert');
const { codes } = require('internal/errors');

function finish(Class, names) {
  for (const name of names) Object.defineProperty(Class.prototype, name, { __proto__: null, enumerable: true });
  Object.defineProperty(Class.prototype, Symbol.toStringTag, { __proto__: null, value: Class.name, configurable: true });
}

class CloseEvent extends Event {
  #wasClean;
  #code;
  #reason;

  constructor(type, init = {}) {
    required(arguments, 1, 'CloseEvent constructor');
    if (init !== null && typeof init !== 'object' && typeof init !== 'function') {
      throw new TypeError(`undefined: Expected ${require('internal/util/inspect').inspect(init)} to be one of: Null, Undefined, Object.`);
    }
    super(type, init);
    const { wasClean = false, code = 0, reason = '' } = init ?? {};
    this.#wasClean = Boolean(wasClean);
    this.#code = Number(code) & 0xffff;
    this.#reason = `${reason}`.toWellFormed();
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#code in value)) throw new codes.ERR_INVALID_THIS('CloseEvent');
    return value;
  }

  get wasClean() {
    return CloseEvent.#check(this).#wasClean;
  }

  get code() {
    return CloseEvent.#check(this).#code;
  }

  get reason() {
    return CloseEvent.#check(this).#reason;
  }
}

class ErrorEvent extends Event {
  #values;

  constructor(type, init) {
    required(arguments, 1, 'ErrorEvent constructor');
    super(type, init ?? {});
    const { message = '', filename = '', lineno = 0, colno = 0, error = undefined } = init ?? {};
    this.#values = { message: `${message}`, filename: `${filename}`, lineno: lineno >>> 0, colno: colno >>> 0, error };
  }

  static #check(value) {
    if (typeof value !== 'object' || value === null || !(#values in value)) throw new codes.ERR_INVALID_THIS('ErrorEvent');
    return value.#values;
  }

  get message() {
    return ErrorEvent.#check(this).message;
  }

  get filename() {
    return ErrorEvent.#check(this).filename;
  }

  get lineno() {
    return ErrorEvent.#check(this).lineno;
  }

  get colno() {
    return ErrorEvent.#check(this).colno;
  }

  get error() {
    return ErrorEvent.#check(this).error;
  }
}

finish(CloseEvent, ['wasClean', 'code', 'reason']);
finish(ErrorEvent, ['message', 'filename', 'lineno', 'colno', 'error']);

module.exports = { CloseEvent, ErrorEvent };
