'use strict';

// EventSource (https://html.spec.whatwg.org/multipage/server-sent-events.html#the-eventsource-interface,
// https://nodejs.org/api/globals.html#class-eventsource).

const { Event, EventTarget, defineEventHandler } = require('internal/event_target');
const { required } = require('internal/fetch/convert');

const CONNECTING = 0;
const OPEN = 1;
const CLOSED = 2;
/** How long a connection that ended is waited for, in milliseconds, unless the server says otherwise. */
const RECONNECTION_TIME = 3000;

let isTold = false;

function toURL(input) {
  try {
    return new (require('internal/url').URL)(input);
  } catch (error) {
    const { DOMException } = require('internal/dom_exception');
    throw new DOMException(`${error.name}: ${error.message}`, 'SyntaxError');
  }
}

class EventSource extends EventTarget {
  #url;
  /** Where the next connection goes: where the last one was sent. */
  #target;
  #withCredentials = false;
  #state = CONNECTING;
  #lastEventId = '';
  #reconnectionTime = RECONNECTION_TIME;
  #control;
  #timer;

  constructor(url, eventSourceInitDict = {}) {
    super();
    required(arguments, 1, 'EventSource constructor');
    if (!isTold) {
      isTold = true;
      process.emitWarning('EventSource is experimental, expect them to change at any time.', { code: 'UNDICI-ES' });
    }
    const init = eventSourceInitDict ?? {};
    if (typeof init !== 'object' && typeof init !== 'function') {
      const shown = require('internal/util/inspect').inspect(init);
      throw new TypeError(`EventSource constructor: Expected ${shown} to be one of: Null, Undefined, Object.`);
    }
    this.#withCredentials = Boolean(init.withCredentials ?? false);
    this.#reconnectionTime = init.node?.reconnectionTime ?? RECONNECTION_TIME;
    this.#url = toURL(`${url}`.toWellFormed());
    this.#target = this.#url;
    this.#connect();
  }

  get readyState() {
    return this.#state;
  }

  get url() {
    return this.#url.href;
  }

  get withCredentials() {
    return this.#withCredentials;
  }

  close() {
    void this.#url;
    if (this.#state === CLOSED) return;
    this.#state = CLOSED;
    clearTimeout(this.#timer);
    this.#control.abort();
  }

  async #connect() {
    if (this.#state === CLOSED) return;
    this.#state = CONNECTING;
    const control = this.#control = new (require('internal/abort').AbortController)();
    const headers = [['accept', 'text/event-stream']];
    if (this.#lastEventId !== '') headers.push(['last-event-id', this.#lastEventId]);
    const init = {
      headers, cache: 'no-store', credentials: this.#withCredentials ? 'include' : 'same-origin', signal: control.signal,
    };
    let response;
    try {
      response = await require('internal/fetch/fetch').fetch(this.#target, init);
    } catch {
      if (this.#state === CLOSED) this.#tellError();
      else this.#reconnect();
      return;
    }
    const type = (response.headers.get('content-type') ?? '').split(';', 1)[0].trim().toLowerCase();
    if (response.status !== 200 || type !== 'text/event-stream') {
      this.close();
      this.#tellError();
      return;
    }
    if (this.#state === CLOSED) return;
    this.#state = OPEN;
    this.#target = response.url;
    this.dispatchEvent(new Event('open'));
    await this.#read(response);
    this.#reconnect();
  }

  /** Tells the events of one connection, until it ends. */
  async #read(response) {
    const { MessageEvent } = require('internal/messaging/event');
    const origin = new (require('internal/url').URL)(response.url).origin;
    const parser = new (require('internal/eventsource/parser').Parser)(this.#lastEventId, (type, data, lastEventId) => {
      if (this.#state === CLOSED) return;
      this.#lastEventId = lastEventId;
      this.dispatchEvent(new MessageEvent(type, { data, lastEventId, origin }));
    }, (delay) => {
      this.#reconnectionTime = delay;
    });
    try {
      for await (const chunk of response.body ?? []) parser.push(chunk);
    } catch {
      // A connection that broke is one that ended.
    }
  }

  #reconnect() {
    if (this.#state === CLOSED) return;
    this.#state = CONNECTING;
    this.#tellError();
    if (this.#state === CLOSED) return;
    this.#timer = setTimeout(() => this.#connect(), this.#reconnectionTime).unref();
  }

  #tellError() {
    this.dispatchEvent(new Event('error'));
  }
}

const constants = {};
for (const [name, value] of [['CONNECTING', CONNECTING], ['OPEN', OPEN], ['CLOSED', CLOSED]]) {
  constants[name] = { __proto__: null, value, enumerable: true };
}
Object.defineProperties(EventSource, constants);
for (const name of ['readyState', 'url', 'withCredentials', 'close']) {
  Object.defineProperty(EventSource.prototype, name, { __proto__: null, enumerable: true });
}
for (const name of ['open', 'message', 'error']) defineEventHandler(EventSource.prototype, name);
Object.defineProperties(EventSource.prototype, constants);

module.exports = { EventSource };
