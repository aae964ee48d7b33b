'use strict';

// Lines from a stream, questions and prompts (https://nodejs.org/api/readline.html#class-interfaceconstructor).
// What keys do in a terminal stands in `internal/readline/editor`.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const {
  validateAbortSignal, validateArray, validateNumber, validateString, validateUint32,
} = require('internal/validators');
const symbols = require('internal/readline/symbols');

const { ERR_INVALID_ARG_VALUE, ERR_USE_AFTER_CLOSE } = codes;
const {
  kDecoder, kKillRing, kKillRingCursor, kLineBuffer, kLineStream, kOldPrompt, kPreviousKey, kPrompt, kQuestion,
  kQuestionCallback, kQuestionCancel, kRedoStack, kSawKeyPress, kSawReturnAt, kSubstringSearch, kUndoStack, methods,
} = symbols;

const LINE_END = /\r\n|\n|\r(?!\n)|\u2028|\u2029/;
/** Shortest time, in milliseconds, in which a line feed belongs to the carriage return before it. */
const CRLF_DELAY = 100;
const ESCAPE_TIMEOUT = 500;
const HISTORY_SIZE = 30;
const TAB_SIZE = 8;
/** So many lines may wait for the loop that reads them. */
const MOST_WAITING_LINES = 1024;

/** The options of `new Interface(options)`, or of `new Interface(input, output, completer, terminal)`. */
function readOptions(input, output, completer, terminal) {
  if (input?.input) return input;
  return { input, output, completer, terminal, history: input.history, historySize: input.historySize };
}

function Interface(input, output, completer, terminal) {
  this.isCompletionEnabled = true;
  this[kSawReturnAt] = 0;
  this[kSawKeyPress] = false;
  this[kPreviousKey] = null;
  this[kSubstringSearch] = null;
  this.escapeCodeTimeout = ESCAPE_TIMEOUT;
  this.tabSize = TAB_SIZE;
  EventEmitter.call(this);
  const options = readOptions(input, output, completer, terminal);
  setOptions(this, options);
  this[kUndoStack] = [];
  this[kRedoStack] = [];
  this[kKillRing] = [];
  this[kKillRingCursor] = 0;
  this.setPrompt(options.prompt ?? '> ');
  this[kLineStream] = undefined;
  if (this.terminal) listenToKeys(this);
  else listenToData(this);
  if (options.signal) closeOnAbort(this, options.signal);
  this.line = '';
  this.input.resume();
}

Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

function setOptions(self, options) {
  const { completer, escapeCodeTimeout, signal, tabSize } = options;
  if (tabSize !== undefined) {
    validateUint32(tabSize, 'tabSize', true);
    self.tabSize = tabSize;
  }
  if (escapeCodeTimeout !== undefined) {
    if (!Number.isFinite(escapeCodeTimeout)) {
      throw new ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', self.escapeCodeTimeout);
    }
    self.escapeCodeTimeout = escapeCodeTimeout;
  }
  if (signal) validateAbortSignal(signal, 'options.signal');
  if (completer !== undefined && typeof completer !== 'function') throw new ERR_INVALID_ARG_VALUE('completer', completer);
  const { history = [], historySize = HISTORY_SIZE } = options;
  validateArray(history, 'history');
  validateNumber(historySize, 'size', 0);
  self.history = history;
  self.historyIndex = -1;
  self.historySize = historySize;
  self.removeHistoryDuplicates = Boolean(options.removeHistoryDuplicates);
  self.line = '';
  self.output = options.output;
  self.input = options.input;
  self.crlfDelay = options.crlfDelay ? Math.max(CRLF_DELAY, options.crlfDelay) : CRLF_DELAY;
  // One that takes a callback, or one that returns.
  self.completer = typeof completer !== 'function' || completer.length === 2 ? completer :
    (line, callback) => callback(null, completer(line));
  const { output } = options;
  self.terminal = Boolean(options.terminal ?? (output === undefined || output === null ? false : output.isTTY));
}

function listenToData(self) {
  const { StringDecoder } = require('string_decoder');
  const { input } = self;
  self[kDecoder] = new StringDecoder('utf8');
  const onError = (error) => self.emit('error', error);
  const onData = (data) => self[methods._normalWrite](data);
  const onEnd = () => {
    if (typeof self[kLineBuffer] === 'string' && self[kLineBuffer].length > 0) self.emit('line', self[kLineBuffer]);
    self.close();
  };
  input.on('error', onError);
  input.on('data', onData);
  input.on('end', onEnd);
  self.once('close', () => {
    input.removeListener('data', onData);
    input.removeListener('error', onError);
    input.removeListener('end', onEnd);
  });
}

function listenToKeys(self) {
  const { input, output } = self;
  const onError = (error) => self.emit('error', error);
  const onKeypress = (text, key) => {
    self[methods._ttyWrite](text, key);
    // Half of a pair of surrogates: the line is drawn again when the other half is there.
    if (key?.sequence && /^[\ud800-\udfff]/u.test(key.sequence)) self[methods._refreshLine]();
  };
  const onEnd = () => {
    if (typeof self.line === 'string' && self.line.length > 0) self.emit('line', self.line);
    self.close();
  };
  const onResize = () => self[methods._refreshLine]();
  require('internal/readline/keys').emitKeypressEvents(input, self);
  input.on('error', onError);
  input.on('keypress', onKeypress);
  input.on('end', onEnd);
  self[methods._setRawMode](true);
  self.cursor = 0;
  output?.on?.('resize', onResize);
  self.once('close', () => {
    input.removeListener('keypress', onKeypress);
    input.removeListener('error', onError);
    input.removeListener('end', onEnd);
    output?.removeListener?.('resize', onResize);
  });
}

function closeOnAbort(self, signal) {
  const close = () => self.close();
  if (signal.aborted) {
    process.nextTick(close);
    return;
  }
  const disposable = require('internal/events/abort_listener').addAbortListener(signal, close);
  self.once('close', disposable[Symbol.dispose]);
}

function checkOpen(self) {
  if (self.closed) throw new ERR_USE_AFTER_CLOSE('readline');
}

const own = {
  get columns() {
    return this.output?.columns ? this.output.columns : Infinity;
  },

  setPrompt(prompt) {
    this[kPrompt] = prompt;
  },

  getPrompt() {
    return this[kPrompt];
  },

  [methods._setRawMode](mode) {
    const { input } = this;
    const wasInRawMode = input.isRaw;
    if (typeof input.setRawMode === 'function') input.setRawMode(mode);
    return wasInRawMode;
  },

  prompt(preserveCursor) {
    checkOpen(this);
    if (this.paused) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this[methods._refreshLine]();
    } else {
      this[methods._writeToOutput](this[kPrompt]);
    }
  },

  [kQuestion](query, callback) {
    checkOpen(this);
    if (this[kQuestionCallback]) {
      this.prompt();
      return;
    }
    this[kOldPrompt] = this[kPrompt];
    this.setPrompt(query);
    this[kQuestionCallback] = callback;
    this.prompt();
  },

  [methods._onLine](line) {
    const callback = this[kQuestionCallback];
    if (!callback) {
      this.emit('line', line);
      return;
    }
    this[kQuestionCallback] = null;
    this.setPrompt(this[kOldPrompt]);
    callback(line);
  },

  [kQuestionCancel]() {
    if (!this[kQuestionCallback]) return;
    this[kQuestionCallback] = null;
    this.setPrompt(this[kOldPrompt]);
    this.clearLine();
  },

  [methods._writeToOutput](stringToWrite) {
    validateString(stringToWrite, 'stringToWrite');
    const { output } = this;
    if (output !== null && output !== undefined) output.write(stringToWrite);
  },

  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this[methods._setRawMode](false);
    this.closed = true;
    this.emit('close');
  },

  pause() {
    checkOpen(this);
    if (this.paused) return undefined;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },

  resume() {
    checkOpen(this);
    if (!this.paused) return undefined;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },

  write(data, key) {
    checkOpen(this);
    if (this.paused) this.resume();
    if (this.terminal) this[methods._ttyWrite](data, key);
    else this[methods._normalWrite](data);
  },

  [methods._normalWrite](data) {
    if (data === undefined) return;
    let text = this[kDecoder].write(data);
    if (this[kSawReturnAt] && Date.now() - this[kSawReturnAt] <= this.crlfDelay) {
      if (text.charCodeAt(0) === 10) text = text.slice(1);
      this[kSawReturnAt] = 0;
    }
    const hasEnd = LINE_END.test(text);
    if (this[kLineBuffer]) {
      text = this[kLineBuffer] + text;
      this[kLineBuffer] = undefined;
    }
    if (!hasEnd) {
      if (text) this[kLineBuffer] = text;
      return;
    }
    this[kSawReturnAt] = text.endsWith('\r') ? Date.now() : 0;
    const lines = text.split(LINE_END);
    // What follows the last end is no line yet.
    this[kLineBuffer] = lines.pop();
    for (const line of lines) this[methods._onLine](line);
  },

  [Symbol.asyncIterator]() {
    this[kLineStream] ??= iterateLines(this);
    return this[kLineStream];
  },
};

/** The lines as an async iterator; ending it closes the interface. */
function iterateLines(self) {
  const events = EventEmitter.on(self, 'line', { close: ['close'], highWaterMark: MOST_WAITING_LINES });
  return {
    __proto__: Object.getPrototypeOf(events),
    async next() {
      const { value, done } = await events.next();
      return { value: done ? undefined : value[0], done };
    },
    return: () => events.return(),
    throw: (error) => events.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

for (const key of Reflect.ownKeys(own)) {
  const descriptor = Object.getOwnPropertyDescriptor(own, key);
  Object.defineProperty(Interface.prototype, key, { ...descriptor, enumerable: key === 'columns' });
}
Object.defineProperty(Interface.prototype, Symbol.dispose, {
  __proto__: null,
  value: { [Symbol.dispose]() { this.close(); } }[Symbol.dispose],
  configurable: true,
  enumerable: true,
  writable: true,
});

require('internal/readline/editor').install(Interface.prototype);

module.exports = { Interface };
