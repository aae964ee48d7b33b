'use strict';

// Request (https://fetch.spec.whatwg.org/#request-class).

const { extract, mixBody } = require('internal/fetch/body');
const { finish, illegal, required } = require('internal/fetch/convert');
const { HeaderList, Headers, fill, isToken, listOf, makeHeaders } = require('internal/fetch/headers');

const NORMALIZED = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'];
const FORBIDDEN = ['CONNECT', 'TRACE', 'TRACK'];
const CHOICES = {
  __proto__: null,
  referrerPolicy: [
    '', 'no-referrer', 'no-referrer-when-downgrade', 'same-origin', 'origin', 'strict-origin', 'origin-when-cross-origin',
    'strict-origin-when-cross-origin', 'unsafe-url',
  ],
  mode: ['navigate', 'same-origin', 'no-cors', 'cors'],
  credentials: ['omit', 'same-origin', 'include'],
  cache: ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'],
  redirect: ['follow', 'manual', 'error'],
};

let stateOf;

function check(request) {
  const state = stateOf(request);
  if (state === undefined) throw illegal();
  return state;
}

function parseURL(input) {
  const { URL } = require('internal/url');
  let url;
  try {
    url = new URL(`${input}`);
  } catch (cause) {
    throw new TypeError(`Failed to parse URL from ${input}`, { cause });
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${input}`);
  }
  return url;
}

function toMethod(value) {
  const method = `${value}`;
  if (!isToken(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  const upper = method.toUpperCase();
  if (FORBIDDEN.includes(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  return NORMALIZED.includes(upper) ? upper : method;
}

class Request {
  #state;
  #headers;
  #signal;

  static {
    stateOf = (value) => (typeof value === 'object' && value !== null && #state in value ? value.#state : undefined);
  }

  constructor(input, init = {}) {
    required(arguments, 1, 'Request constructor');
    const options = init ?? {};
    const from = stateOf(input);
    const state = from === undefined ? {
      url: parseURL(input), method: 'GET', headers: new HeaderList(), body: null, referrer: 'about:client',
      referrerPolicy: '', mode: 'cors', credentials: 'same-origin', cache: 'default', redirect: 'follow', integrity: '',
      keepalive: false, dispatcher: undefined,
    } : { ...from, headers: from.headers.copy(), body: null };
    this.#state = state;
    for (const [name, allowed] of Object.entries(CHOICES)) {
      if (options[name] === undefined) continue;
      const value = `${options[name]}`;
      if (!allowed.includes(value)) {
        throw new TypeError(`undefined: ${value} is not an accepted type. Expected one of ${allowed.join(', ')}.`);
      }
      if (name === 'mode' && value === 'navigate') throw new TypeError('Request constructor: invalid request mode navigate.');
      state[name] = value;
    }
    if (options.referrer !== undefined) this.#setReferrer(options.referrer);
    if (state.cache === 'only-if-cached' && state.mode !== 'same-origin') {
      throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
    }
    if (options.integrity !== undefined) state.integrity = `${options.integrity}`;
    if (options.keepalive !== undefined) state.keepalive = Boolean(options.keepalive);
    if (options.method !== undefined) state.method = toMethod(options.method);
    this.#signal = follow(options.signal, from === undefined ? null : input.signal);
    this.#headers = makeHeaders(state.headers, 'request');
    if (options.headers !== undefined) {
      for (const [name] of [...state.headers.entries()]) state.headers.delete(name);
      if (options.headers instanceof Headers) {
        for (const [name, value] of listOf(options.headers).entries()) state.headers.append(name, value);
      } else {
        fill(this.#headers, options.headers);
      }
    }
    this.#setBody(input, from, options);
  }

  #setReferrer(referrer) {
    if (`${referrer}` === '') {
      this.#state.referrer = 'no-referrer';
      return;
    }
    const { URL } = require('internal/url');
    try {
      new URL(`${referrer}`);
    } catch (cause) {
      throw new TypeError(`Referrer "${referrer}" is not a valid URL.`, { cause });
    }
    // No page sends requests here, so there is no origin that a referrer could share.
    this.#state.referrer = 'about:client';
  }

  #setBody(input, from, options) {
    const state = this.#state;
    const given = options.body ?? null;
    const inherited = from?.body ?? null;
    if ((given !== null || inherited !== null) && (state.method === 'GET' || state.method === 'HEAD')) {
      throw new TypeError('Request with GET/HEAD method cannot have body.');
    }
    if (given !== null) {
      const { body, type } = extract(given, state.keepalive);
      if (body.source === null && options.duplex === undefined) {
        throw new TypeError('RequestInit: duplex option is required when sending a body.');
      }
      state.body = body;
      if (type !== null && !state.headers.has('content-type')) state.headers.append('content-type', type);
      return;
    }
    if (inherited === null) return;
    if (inherited.isUsed || inherited.isLocked) {
      throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
    }
    const { TransformStream } = require('internal/webstreams/transform');
    const { Body } = require('internal/fetch/body');
    const { source, length } = inherited;
    // The other request's body counts as used from now on.
    state.body = new Body(inherited.stream.pipeThrough(new TransformStream()), null, length);
    state.body.original = source;
  }

  get method() {
    return check(this).method;
  }

  get url() {
    return check(this).url.href;
  }

  get headers() {
    check(this);
    return this.#headers;
  }

  get destination() {
    check(this);
    return '';
  }

  get referrer() {
    const { referrer } = check(this);
    return referrer === 'no-referrer' ? '' : referrer;
  }

  get referrerPolicy() {
    return check(this).referrerPolicy;
  }

  get mode() {
    return check(this).mode;
  }

  get credentials() {
    return check(this).credentials;
  }

  get cache() {
    return check(this).cache;
  }

  get redirect() {
    return check(this).redirect;
  }

  get integrity() {
    return check(this).integrity;
  }

  get keepalive() {
    return check(this).keepalive;
  }

  get isReloadNavigation() {
    check(this);
    return false;
  }

  get isHistoryNavigation() {
    check(this);
    return false;
  }

  get signal() {
    check(this);
    return this.#signal;
  }

  get duplex() {
    check(this);
    return 'half';
  }

  clone() {
    const state = check(this);
    const { body } = state;
    if (body?.isUsed || body?.isLocked) throw new TypeError('unusable');
    const clone = new Request(state.url.href, { method: state.method, headers: this.#headers, signal: this.#signal });
    clone.#state = { ...state, headers: clone.#state.headers, body: body?.clone() ?? null };
    return clone;
  }
}

/** The signal of a new request: it follows the one that was given, or that of the request it was made from. */
function follow(signal, inherited) {
  const { AbortController, AbortSignal } = require('internal/abort');
  const source = signal === undefined ? inherited : signal;
  if (source === null) return new AbortController().signal;
  if (typeof source !== 'object' || typeof source.aborted !== 'boolean' || typeof source.addEventListener !== 'function') {
    const shown = require('internal/util/inspect').inspect(source);
    throw new TypeError(`RequestInit: Expected signal ("${shown}") to be an instance of AbortSignal.`);
  }
  return AbortSignal.any([source]);
}

mixBody(Request, (value) => stateOf(value));
const NAMES = [
  'method', 'url', 'headers', 'destination', 'referrer', 'referrerPolicy', 'mode', 'credentials', 'cache', 'redirect',
  'integrity', 'keepalive', 'isReloadNavigation', 'isHistoryNavigation', 'signal',
];
finish(Request, [
  ...NAMES, 'duplex', 'clone', 'body', 'bodyUsed', 'blob', 'arrayBuffer', 'text', 'json', 'formData', 'bytes', 'textStream',
], (request) => Object.fromEntries(NAMES.map((name) => [name, request[name]])));

module.exports = { Request, stateOf };
