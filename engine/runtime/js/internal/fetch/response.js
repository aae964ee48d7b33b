'use strict';

// Response (https://fetch.spec.whatwg.org/#response-class).

const { extract, mixBody } = require('internal/fetch/body');
const { finish, illegal, required, toByteString } = require('internal/fetch/convert');
const { HeaderList, fill, makeHeaders } = require('internal/fetch/headers');

const NULL_BODY = [101, 103, 204, 205, 304];
const REDIRECTS = [301, 302, 303, 307, 308];
const REASON = /^[\t\x20-\x7e\x80-\xff]*$/;

let stateOf;
let makeResponse;

/** A response as the algorithms know it. */
function newState(fields) {
  return { type: 'default', status: 200, statusText: '', headers: new HeaderList(), body: null, urls: [], ...fields };
}

function check(response) {
  const state = stateOf(response);
  if (state === undefined) throw illegal();
  return state;
}

/** https://fetch.spec.whatwg.org/#initialize-a-response */
function initialize(state, headers, init, extracted) {
  if (init !== null && typeof init !== 'object' && typeof init !== 'function') {
    throw new TypeError('Response constructor: Expected init to be one of: Null, Undefined, Object.');
  }
  const { status = 200, statusText = '', headers: given } = init ?? {};
  const code = Number(status) & 0xffff;
  if (code < 200 || code > 599) throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  const reason = toByteString(statusText);
  if (!REASON.test(reason)) throw new TypeError('Invalid statusText');
  state.status = code;
  state.statusText = reason;
  if (given !== undefined) fill(headers, given);
  if (extracted === null) return;
  if (NULL_BODY.includes(code)) throw new TypeError(`Response constructor: Invalid response status code ${code}`);
  state.body = extracted.body;
  if (extracted.type !== null && !state.headers.has('content-type')) state.headers.append('content-type', extracted.type);
}

class Response {
  #state = newState();
  #headers;

  static {
    stateOf = (value) => (typeof value === 'object' && value !== null && #state in value ? value.#state : undefined);
    makeResponse = (state, guard) => {
      const response = new Response();
      response.#state = state;
      response.#headers = makeHeaders(state.headers, guard);
      return response;
    };
  }

  static error() {
    return makeResponse(newState({ type: 'error', status: 0 }), 'immutable');
  }

  static json(data, init = {}) {
    required(arguments, 1, 'Response.json');
    const text = JSON.stringify(data);
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const response = makeResponse(newState(), 'response');
    initialize(response.#state, response.#headers, init, { body: extract(text).body, type: 'application/json' });
    return response;
  }

  static redirect(url, status = 302) {
    required(arguments, 1, 'Response.redirect');
    const { URL } = require('internal/url');
    let parsed;
    try {
      parsed = new URL(`${url}`);
    } catch (cause) {
      throw new TypeError(`Failed to parse URL from ${url}`, { cause });
    }
    if (!REDIRECTS.includes(Number(status))) throw new RangeError(`Invalid status code ${status}`);
    const headers = new HeaderList();
    headers.append('location', parsed.href);
    return makeResponse(newState({ status: Number(status), headers }), 'immutable');
  }

  constructor(body = null, init = {}) {
    this.#headers = makeHeaders(this.#state.headers, 'response');
    initialize(this.#state, this.#headers, init, body === null ? null : extract(body));
  }

  get type() {
    return check(this).type;
  }

  get url() {
    const last = check(this).urls.at(-1);
    return last === undefined ? '' : withoutHash(last);
  }

  get redirected() {
    return check(this).urls.length > 1;
  }

  get status() {
    return check(this).status;
  }

  get ok() {
    const { status } = check(this);
    return status >= 200 && status <= 299;
  }

  get statusText() {
    return check(this).statusText;
  }

  get headers() {
    check(this);
    return this.#headers;
  }

  clone() {
    const state = check(this);
    const { body } = state;
    if (body?.isUsed || body?.isLocked) throw new TypeError('Response.clone: Body has already been consumed.');
    return makeResponse({ ...state, headers: state.headers.copy(), body: body?.clone() ?? null }, 'response');
  }
}

function withoutHash(url) {
  const index = url.indexOf('#');
  return index === -1 ? url : url.slice(0, index);
}

mixBody(Response, (value) => stateOf(value));
finish(Response, [
  'type', 'url', 'redirected', 'status', 'ok', 'statusText', 'headers', 'clone', 'body', 'bodyUsed', 'blob',
  'arrayBuffer', 'text', 'json', 'formData', 'bytes', 'textStream',
], (response) => ({
  status: response.status, statusText: response.statusText, headers: response.headers, body: response.body,
  bodyUsed: response.bodyUsed, ok: response.ok, redirected: response.redirected, type: response.type, url: response.url,
}));
for (const name of ['error', 'json', 'redirect']) Object.defineProperty(Response, name, { __proto__: null, enumerable: true });

module.exports = { NULL_BODY, REDIRECTS, Response, makeResponse, newState };
