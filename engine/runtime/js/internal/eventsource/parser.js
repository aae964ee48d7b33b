'use strict';

// The format of server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream),
// piece by piece.

class Parser {
  #decoder = new (require('internal/encoding').TextDecoder)();
  #rest = '';
  /** Whether the last piece ended with a carriage return, whose line feed may come with the next. */
  #endsInReturn = false;
  #data = [];
  #event = '';
  #id = '';
  #onEvent;
  #onRetry;

  /** `onEvent(type, data, lastEventId)` for each event, `onRetry(milliseconds)` when the server wants another delay. */
  constructor(lastEventId, onEvent, onRetry) {
    this.#id = lastEventId;
    this.#onEvent = onEvent;
    this.#onRetry = onRetry;
  }

  /** Takes bytes; what they do not end waits for more. */
  push(bytes) {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (text === '') return;
    if (this.#endsInReturn && text[0] === '\n') text = text.slice(1);
    this.#endsInReturn = false;
    text = this.#rest + text;
    const lines = text.split(/\r\n|\n|\r/);
    this.#endsInReturn = text.endsWith('\r');
    this.#rest = lines.pop();
    for (const line of lines) this.#line(line);
  }

  #line(line) {
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    switch (field) {
      case 'data':
        this.#data.push(value);
        break;
      case 'event':
        this.#event = value;
        break;
      case 'id':
        if (!value.includes('\0')) this.#id = value;
        break;
      case 'retry':
        if (/^[0-9]+$/.test(value)) this.#onRetry(Number(value));
        break;
      default:
    }
  }

  #dispatch() {
    const [data, type] = [this.#data, this.#event];
    this.#data = [];
    this.#event = '';
    if (data.length > 0) this.#onEvent(type === '' ? 'message' : type, data.join('\n'), this.#id);
  }
}

module.exports = { Parser };
