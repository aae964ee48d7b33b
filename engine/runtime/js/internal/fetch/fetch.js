'use strict';

// `fetch` (https://fetch.spec.whatwg.org/#fetch-method, https://nodejs.org/api/globals.html#fetch).

const { Body } = require('internal/fetch/body');
const { HeaderList } = require('internal/fetch/headers');
const { Request, stateOf } = require('internal/fetch/request');
const { REDIRECTS, makeResponse, newState } = require('internal/fetch/response');

const MAX_REDIRECTS = 20;
const BODY_HEADERS = ['content-encoding', 'content-language', 'content-location', 'content-type', 'content-length'];
const PRIVATE_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'host'];

/** https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy */
function isTrustworthy({ protocol, hostname }) {
  return protocol === 'https:' || /^127\.|^\[::1\]$|^(.*\.)?localhost$/.test(hostname);
}

/** The request's headers and those that every request has. */
function withDefaults(state) {
  const headers = state.headers.copy();
  const add = (name, value) => {
    if (!headers.has(name)) headers.append(name, value);
  };
  add('accept', '*/*');
  add('accept-language', '*');
  if (isTrustworthy(state.url)) add('sec-fetch-mode', state.mode);
  add('user-agent', 'node');
  if (state.cache === 'no-store' || state.cache === 'reload') {
    add('pragma', 'no-cache');
    add('cache-control', 'no-cache');
  } else if (state.cache === 'no-cache') {
    add('cache-control', 'max-age=0');
  }
  add('accept-encoding', state.url.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate');
  return headers;
}

function fetchData(state) {
  const data = require('internal/fetch/data_url').parse(state.url);
  if (data === null) throw new Error('failed to fetch the data URL');
  const headers = new HeaderList();
  headers.append('Content-Type', data.type);
  return newState({
    type: 'basic', statusText: 'OK', headers, body: new Body(undefined, new Uint8Array(data.bytes), data.bytes.length),
  });
}

function fetchBlob(state) {
  const blob = require('internal/object_urls').resolveObjectURL(state.url.href);
  if (blob === undefined || state.method !== 'GET') throw new Error('invalid method');
  const headers = new HeaderList();
  headers.append('content-length', `${blob.size}`);
  headers.append('content-type', blob.type);
  return newState({ type: 'basic', statusText: 'OK', headers, body: new Body(undefined, blob, blob.size) });
}

/** https://fetch.spec.whatwg.org/#http-redirect-fetch: the state of the next request. */
function redirected(state, answer, location) {
  const { URL } = require('internal/url');
  let url;
  try {
    url = new URL(location, state.url);
  } catch (cause) {
    throw new Error('Invalid URL', { cause });
  }
  if (url.hash === '') url.hash = state.url.hash;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new Error('URL scheme must be a HTTP(S) scheme');
  let { method, body } = state;
  const headers = state.headers.copy();
  if (answer.status !== 303 && body !== null && body.source === null) throw new Error('cannot retry a body that is a stream');
  const changes = ((answer.status === 301 || answer.status === 302) && method === 'POST') ||
    (answer.status === 303 && method !== 'GET' && method !== 'HEAD');
  if (changes) {
    method = 'GET';
    body = null;
    for (const name of BODY_HEADERS) headers.delete(name);
  } else if (body !== null) {
    // The bytes are still known, and are sent once more.
    body = new Body(undefined, body.source, body.length);
  }
  if (url.origin !== state.url.origin) for (const name of PRIVATE_HEADERS) headers.delete(name);
  return { ...state, url, method, body, headers };
}

async function fetchHttp(first, control) {
  let state = first;
  const urls = [state.url.href];
  for (let count = 0; ; count++) {
    const answer = await require('internal/fetch/network').exchange(state, withDefaults(state), control);
    const location = answer.headers.get('location');
    const isRedirect = REDIRECTS.includes(answer.status) && location !== null;
    if (isRedirect && state.redirect === 'error') {
      control.abort?.(new Error('unexpected redirect'));
      throw new Error('unexpected redirect');
    }
    if (!isRedirect || state.redirect === 'manual') {
      const { status, statusText, headers, stream } = answer;
      const body = stream === null ? null : new Body(stream, null, null);
      return newState({ type: 'basic', status, statusText, headers, body, urls });
    }
    answer.stream?.cancel().catch(() => {});
    if (count === MAX_REDIRECTS) throw new Error('redirect count exceeded');
    state = redirected(state, answer, location);
    urls.push(state.url.href);
  }
}

async function run(state, control) {
  switch (state.url.protocol) {
    case 'http:':
    case 'https:':
      return fetchHttp(state, control);
    case 'data:':
      return { ...fetchData(state), urls: [state.url.href] };
    case 'blob:':
      return { ...fetchBlob(state), urls: [state.url.href] };
    case 'about:':
      throw new Error('about scheme is not supported');
    default:
      throw new Error('unknown scheme');
  }
}

/** The global `fetch`. */
function fetch(input, init = undefined) {
  let request;
  try {
    request = new Request(input, init);
  } catch (error) {
    return Promise.reject(error);
  }
  const state = stateOf(request);
  const { signal } = request;
  const abandon = () => {
    state.body?.stream.cancel(signal.reason).catch(() => {});
    return Promise.reject(signal.reason);
  };
  if (signal.aborted) return abandon();
  const { promise, resolve, reject } = Promise.withResolvers();
  const control = { abort: undefined };
  signal.addEventListener('abort', () => {
    reject(signal.reason);
    control.abort?.(signal.reason);
  }, { once: true });
  run(state, control).then(
    (answer) => resolve(makeResponse(answer, 'immutable')),
    (cause) => reject(signal.aborted ? signal.reason : new TypeError('fetch failed', { cause })),
  );
  return promise;
}

module.exports = { fetch };
