'use strict';

// https://nodejs.org/api/readline.html

const { AbortError } = require('internal/errors');
const { validateAbortSignal } = require('internal/validators');
const { Interface: Base } = require('internal/readline/interface');
const { clearLine, clearScreenDown, cursorTo, moveCursor } = require('internal/readline/cursor');
const symbols = require('internal/readline/symbols');

const { kQuestion, kQuestionCancel, methods } = symbols;

/** `readline.Interface`, with and without `new`. */
function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  Base.call(this, input, output, completer, terminal);
  return undefined;
}

Object.setPrototypeOf(Interface.prototype, Base.prototype);
Object.setPrototypeOf(Interface, Base);

Interface.prototype.question = function question(query, options, cb) {
  let answered = typeof options === 'function' ? options : cb;
  const { signal } = typeof options === 'object' && options !== null ? options : {};
  if (signal) {
    validateAbortSignal(signal, 'options.signal');
    if (signal.aborted) return;
    const { addAbortListener } = require('internal/events/abort_listener');
    const disposable = addAbortListener(signal, () => this[kQuestionCancel]());
    const original = answered;
    answered = typeof original === 'function' ? (answer) => {
      disposable[Symbol.dispose]();
      return original(answer);
    } : disposable[Symbol.dispose];
  }
  if (typeof answered === 'function') this[kQuestion](query, answered);
};

Interface.prototype.question[Symbol.for('nodejs.util.promisify.custom')] = function question(query, options) {
  const { signal } = options ?? {};
  if (signal?.aborted) return Promise.reject(new AbortError(undefined, { cause: signal.reason }));
  return new Promise((resolve, reject) => {
    let answered = resolve;
    if (signal) {
      const onAbort = () => reject(new AbortError(undefined, { cause: signal.reason }));
      signal.addEventListener('abort', onAbort, { once: true });
      answered = (answer) => {
        signal.removeEventListener('abort', onAbort);
        resolve(answer);
      };
    }
    this.question(query, options, answered);
  });
};

// The fields and methods that programs change although they are not documented.
const fields = {
  _decoder: symbols.kDecoder,
  _line_buffer: symbols.kLineBuffer,
  _oldPrompt: symbols.kOldPrompt,
  _previousKey: symbols.kPreviousKey,
  _prompt: symbols.kPrompt,
  _questionCallback: symbols.kQuestionCallback,
  _sawKeyPress: symbols.kSawKeyPress,
  _sawReturnAt: symbols.kSawReturnAt,
};
for (const [name, symbol] of Object.entries(fields)) {
  Object.defineProperty(Interface.prototype, name, {
    __proto__: null,
    get() {
      return this[symbol];
    },
    set(value) {
      this[symbol] = value;
    },
  });
}
for (const name of ['_setRawMode', '_onLine', '_writeToOutput', '_addHistory', '_refreshLine', '_normalWrite',
  '_insertString', '_tabComplete', '_wordLeft', '_wordRight', '_deleteLeft', '_deleteRight', '_deleteWordLeft',
  '_deleteWordRight', '_deleteLineLeft', '_deleteLineRight', '_line', '_historyNext', '_historyPrev', '_getDisplayPos',
  '_getCursorPos', '_moveCursor', '_ttyWrite']) {
  const symbol = methods[name];
  Interface.prototype[name] = symbol === undefined ? Base.prototype.getCursorPos : Base.prototype[symbol];
  if (symbol === undefined) continue;
  // What calls the method by its symbol gets the one that a program has put in its place.
  Object.defineProperty(Interface.prototype, symbol, {
    __proto__: null,
    get() {
      return this[name];
    },
  });
}

/** `readline.createInterface`. */
function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

/** `readline.emitKeypressEvents`. */
function emitKeypressEvents(stream, iface = {}) {
  require('internal/readline/keys').emitKeypressEvents(stream, iface);
}

module.exports = {
  Interface,
  clearLine,
  clearScreenDown,
  createInterface,
  cursorTo,
  emitKeypressEvents,
  moveCursor,
  promises: require('readline/promises'),
};
