'use strict';

// A parser of the engine's: bytes in, calls of `onHead`, `onBody` and `onEnd` out. Parsers that are free are used again.
//
//   onHead({ first, text, version, keepAlive, upgrade, headers })   `first` is the method of a request or the status of a
//                      response, `text` its target or its words; returns whether another protocol takes over
//   onBody(chunk)      a part of the body
//   onEnd(trailers)    the message is over

const { drainInside } = require('internal/ticks');

const HEAD = 1;
const BODY = 2;
const END = 3;

/** The error for what a parser refuses. */
function parseError(code, reason, bytesParsed, rawPacket) {
  const error = new Error(code === 'HPE_INVALID_EOF_STATE' ? 'Parse Error' : `Parse Error: ${reason}`);
  error.bytesParsed = bytesParsed;
  error.code = code;
  error.reason = reason;
  error.rawPacket = rawPacket;
  return error;
}

class HTTPParser {
  static REQUEST = 1;
  static RESPONSE = 2;
  /** What `onHead` returns to refuse a head. */
  static TOO_MANY_HEADERS = Symbol('too many headers');

  #id = -1;
  #isIdle = true;
  /** Set while another protocol has taken over. */
  upgraded = false;
  socket = null;
  incoming = null;
  outgoing = null;
  onHead = null;
  onBody = null;
  onEnd = null;
  /** What its callbacks run in, see `internal/http/resource`. */
  resource = null;
  joinDuplicateHeaders = false;
  maxHeaderPairs = 2000;
  _consumed = false;
  /** Callbacks run: the parser cannot be another connection's yet. */
  isBusy = false;
  /** It waits for a connection. */
  isKept = false;
  /** What a part of the body caused runs before the rest is looked at: so it is where Node.js reads sockets by itself. */
  drains = false;

  constructor(type, lenient, maxHeaderSize) {
    if (type !== undefined) this.initialize(type, lenient, maxHeaderSize);
  }

  initialize(type, lenient = false, maxHeaderSize = 0) {
    this.close();
    this.#id = ops.http_parser_new(type === HTTPParser.REQUEST, lenient, maxHeaderSize || require('internal/http/settings').maxHeaderSize());
    this.upgraded = false;
    this.#isIdle = true;
  }

  /** Whether what has been read ends with a message. */
  get isIdle() {
    return this.#id === -1 || this.#isIdle;
  }

  expect(method) {
    ops.http_parser_expect(this.#id, method);
  }

  /** Reads `chunk`; returns how many bytes were read, or the error. */
  execute(chunk) {
    this.isBusy = true;
    try {
      if (this.resource === null) return this.#execute(chunk);
      return this.resource.runInAsyncScope(this.#execute, this, chunk);
    } finally {
      this.isBusy = false;
    }
  }

  #execute(chunk) {
    let start = 0;
    for (;;) {
      if (this.#id === -1) return chunk.length;
      const rest = start === 0 ? chunk : chunk.subarray(start);
      const found = ops.http_parser_read(this.#id, rest);
      const error = this.#tell(found, rest, start);
      if (error !== undefined) {
        error.rawPacket = chunk;
        return error;
      }
      start += found[0];
      this.#isIdle = found[1];
      if (this.upgraded || start >= chunk.length || this.#id === -1) return start;
    }
  }

  /** The connection is at its end; returns the error when a message was not. */
  finish() {
    if (this.#id === -1) return undefined;
    this.isBusy = true;
    try {
      if (this.resource === null) return this.#end();
      return this.resource.runInAsyncScope(this.#end, this);
    } finally {
      this.isBusy = false;
    }
  }

  #end() {
    return this.#tell(ops.http_parser_finish(this.#id), undefined, 0);
  }

  #tell(found, chunk, before) {
    for (let i = 2; i < found.length;) {
      // A callback may have given the parser up.
      if (this.#id === -1) return undefined;
      switch (found[i]) {
        case HEAD: {
          const upgrade = found[i + 5];
          const head = {
            first: found[i + 1],
            text: found[i + 2],
            version: found[i + 3],
            keepAlive: found[i + 4],
            upgrade,
            headers: found[i + 6],
          };
          i += 7;
          const taken = this.onHead(head);
          if (taken === HTTPParser.TOO_MANY_HEADERS) {
            return parseError('HPE_HEADER_OVERFLOW', 'Header overflow', before + found[0], chunk);
          }
          if (upgrade && this.#id !== -1) {
            this.upgraded = taken === true;
            const error = this.#tell(ops.http_parser_go_on(this.#id, this.upgraded), chunk, before);
            if (error !== undefined) return error;
          }
          break;
        }
        case BODY:
          this.onBody(chunk.subarray(found[i + 1], found[i + 2]));
          if (this.drains && this.socket?.listenerCount('data') === 1) drainInside();
          i += 3;
          break;
        case END:
          this.onEnd(found[i + 1]);
          i += 2;
          break;
        default:
          return parseError(found[i + 1], found[i + 2], before + found[0], chunk);
      }
    }
    return undefined;
  }

  close() {
    if (this.#id !== -1) ops.http_parser_close(this.#id);
    this.#id = -1;
  }

  remove() {}

  free() {
    this.close();
  }
}

/** Parsers that wait for a connection. */
const parsers = {
  max: 1000,
  list: [],

  /** A parser before its first message. */
  alloc(type, lenient, maxHeaderSize) {
    const parser = this.list.pop();
    if (parser === undefined) return new HTTPParser(type, lenient, maxHeaderSize);
    parser.isKept = false;
    parser.initialize(type, lenient, maxHeaderSize);
    return parser;
  },

  free(parser) {
    if (parser.isKept || this.list.length >= this.max) return false;
    parser.isKept = true;
    this.list.push(parser);
    return true;
  },
};

/** The parser is needed no more: the engine's part is given back. */
function freeParser(parser, request, socket) {
  if (parser) {
    parser.close();
    parser.onHead = null;
    parser.onBody = null;
    parser.onEnd = null;
    parser.socket = null;
    parser.incoming = null;
    parser.outgoing = null;
    parser.resource?.emitDestroy();
    parser.resource = null;
    parser.joinDuplicateHeaders = false;
    parser.upgraded = false;
    parser.drains = false;
    if (!parser.isBusy && parser instanceof HTTPParser) parsers.free(parser);
  }
  if (request) request.parser = null;
  if (socket) socket.parser = null;
}

module.exports = { HTTPParser, freeParser, parseError, parsers };
