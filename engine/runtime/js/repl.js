'use strict';

// Reads lines, evaluates them and prints what they come to (https://nodejs.org/api/repl.html).

const { codes } = require('internal/errors');
const { Interface } = require('internal/readline/interface');
const { methods } = require('internal/readline/symbols');
const { validateFunction } = require('internal/validators');
const { Recoverable, isValidSyntax } = require('internal/repl/syntax');

const REPL_MODE_SLOPPY = Symbol('repl-sloppy');
const REPL_MODE_STRICT = Symbol('repl-strict');
const MORE = '| ';
const EXIT_HINT = '(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n';
const NPM_HINT = 'npm should be run outside of the Node.js REPL, in your normal shell.\n(Press Ctrl+D to exit.)\n';
const MOST_DISPLAYED = 1000;

const writer = (value) => require('internal/util/inspect').inspect(value, writer.options);
writer.options = { ...require('internal/util/inspect').inspect.defaultOptions, showProxy: true };

/** How many texts were evaluated by all REPLs; each is a file of that number. */
let evaluated = 0;

class REPLServer extends Interface {
  #buffered = '';
  /** Lines that came while a text was still waiting for something. */
  #queue = [];
  #isBusy = false;
  #endsLater = false;
  #isExited = false;
  #hasInterrupted = false;

  constructor(prompt, stream, evaluator, useGlobal, ignoreUndefined, replMode) {
    const options = typeof prompt === 'object' && prompt !== null ? { ...prompt } :
      { prompt, input: stream, eval: evaluator, useGlobal, ignoreUndefined, replMode };
    if (stream !== undefined && typeof prompt !== 'object') {
      options.input = stream.stdin ?? stream;
      options.output = stream.stdout ?? stream;
    }
    if (!options.input && !options.output) {
      options.input = process.stdin;
      options.output = process.stdout;
    }
    if (options.breakEvalOnSigint && options.eval) throw new codes.ERR_INVALID_REPL_EVAL_CONFIG();
    const terminal = options.terminal ?? Boolean(options.output.isTTY);
    const completer = (text, callback) => this.complete(text, callback);
    super({
      input: options.input, output: options.output, completer: options.completer ?? completer, terminal,
      historySize: options.historySize ?? (terminal ? MOST_DISPLAYED : undefined), prompt: options.prompt ?? '> ',
    });
    const useColors = options.useColors ?? (terminal && require('internal/util/colors').shouldColorize(options.output));
    this._initialPrompt = options.prompt ?? '> ';
    this.useColors = Boolean(useColors);
    this.useGlobal = Boolean(options.useGlobal);
    this.ignoreUndefined = Boolean(options.ignoreUndefined);
    this.replMode = options.replMode || REPL_MODE_SLOPPY;
    this.breakEvalOnSigint = Boolean(options.breakEvalOnSigint);
    this.underscoreAssigned = false;
    this.last = undefined;
    this.underscoreErrAssigned = false;
    this.lastError = undefined;
    this.editorMode = false;
    this.lines = [];
    this.lines.level = [];
    this.commands = Object.create(null);
    this.writer = options.writer ?? ((value) => this.#write(value));
    if (options.writer === undefined) this.writer.options = { ...writer.options, colors: this.useColors };
    const given = options.eval ?? require('internal/repl/evaluate').evaluate;
    this.eval = (code, context, file, callback) =>
      require('internal/repl/owner').run(this, () => Reflect.apply(given, this, [code, context, file, callback]));
    require('internal/repl/commands').define(this);
    this.resetContext();
    this.on('close', () => this.#close());
    this.on('SIGINT', () => this.#interrupted());
    this.on('line', (line) => this.#take(line));
    this.on('SIGCONT', () => {
      if (this.editorMode) this.output.write(`${this._initialPrompt}.editor\n// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n`);
      else this.displayPrompt(true);
    });
    this.displayPrompt();
  }

  #write(value) {
    return require('internal/util/inspect').inspect(value, { ...this.writer.options, colors: this.useColors });
  }

  #close() {
    if (this.#isBusy || this.#queue.length > 0) {
      this.#endsLater = true;
      return;
    }
    if (this.#isExited) return;
    this.#isExited = true;
    this.emit('exit');
  }

  #interrupted() {
    if (this.interrupt !== undefined) {
      this.interrupt();
      return;
    }
    const isEmpty = this.line.length === 0;
    const isIdle = !this.#buffered && !this.editorMode && isEmpty;
    if (this.editorMode) this.#leaveEditor();
    this.clearLine();
    if (isIdle) {
      if (this.#hasInterrupted) {
        this.close();
        this.#hasInterrupted = false;
        return;
      }
      this.output.write(EXIT_HINT);
      this.#hasInterrupted = true;
    } else {
      this.#hasInterrupted = false;
    }
    this.clearBufferedCommand();
    this.lines.level = [];
    this.displayPrompt();
  }

  /** From now on lines are collected (`.editor`). */
  _enterEditor() {
    this.editorMode = true;
    super.setPrompt('');
  }

  #leaveEditor() {
    this.editorMode = false;
    super.setPrompt(this._initialPrompt);
  }

  /** Ctrl+D ends the editor, and what was typed there runs. */
  [methods._ttyWrite](text, key) {
    if (this.editorMode && key?.ctrl && key.name === 'd') {
      const code = this.#buffered + this.line;
      this.clearLine();
      this.#leaveEditor();
      this.#buffered = '';
      this.#evaluate(code, true);
      return;
    }
    super[methods._ttyWrite](text, key);
  }

  #take(line) {
    if (this.#isBusy) {
      this.#queue.push(line);
      return;
    }
    this.#hasInterrupted = false;
    if (this.editorMode) {
      this.#buffered += `${line}\n`;
      return;
    }
    const trimmed = line.trim();
    if (/^\.(?!\.)/.test(trimmed) && Number.isNaN(Number.parseFloat(trimmed))) {
      const [, keyword, rest] = /^\.([^\s]+)\s*(.*)$/.exec(trimmed) ?? [];
      const command = keyword === undefined ? undefined : this.commands[keyword];
      if (command !== undefined) {
        Reflect.apply(command.action, this, [rest]);
        return;
      }
      if (this.#buffered === '') {
        this.lines.push(line);
        this.output.write('Invalid REPL keyword\n');
        this.displayPrompt();
        return;
      }
    }
    this.lines.push(line);
    this.#evaluate(`${this.#buffered}${line}\n`, false, line);
  }

  #evaluate(code, isWhole, line = '') {
    this.#isBusy = true;
    let isSettled = false;
    const file = `REPL${++evaluated}`;
    const finish = (error, ...results) => {
      if (isSettled) return;
      isSettled = true;
      this.#isBusy = false;
      this.#finish(error, results, code, isWhole, line);
      this.#goOn();
    };
    this.eval(code, this.context, file, finish);
  }

  #finish(error, results, code, isWhole, line) {
    if (error instanceof Recoverable && !isWhole) {
      if (this.#buffered === '' && line.trim().startsWith('npm ')) {
        this.output.write(NPM_HINT);
        this.displayPrompt();
        return;
      }
      this.#buffered = code;
      this.displayPrompt();
      return;
    }
    if (this.#buffered !== '' && this.terminal && !isWhole) this.#joinHistory(code);
    this.#buffered = '';
    if (error !== null && error !== undefined) {
      if (line.trim().startsWith('npm ')) this.output.write(NPM_HINT);
      else {
        this._handleError(error instanceof Recoverable ? error.err : error);
        return;
      }
    } else if (results.length > 0) {
      const [value] = results;
      if (!this.ignoreUndefined || value !== undefined) {
        if (!this.underscoreAssigned) this.last = value;
        this.output.write(`${this.writer(value)}\n`);
      }
    }
    if (!this.closed) this.displayPrompt();
  }

  /** The lines of one text are one entry of the history. */
  #joinHistory(code) {
    const text = code.slice(0, -1);
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    // Newest first.
    const isThere = lines.every((line, index) => this.history[lines.length - 1 - index] === line);
    if (isThere) this.history.splice(0, lines.length, text);
  }

  /** Lines that had to wait, and the end that had to. */
  #goOn() {
    while (!this.#isBusy && this.#queue.length > 0) this.#take(this.#queue.shift());
    if (this.#endsLater && !this.#isBusy) this.#close();
  }

  /** Shows what nothing caught. */
  _handleError(error) {
    if (!this.underscoreErrAssigned) this.lastError = error;
    this.output.write(require('internal/repl/errors').shown(error, this.writer));
    this.#buffered = '';
    this.lines.level = [];
    if (!this.closed) this.displayPrompt();
  }

  /** Evaluates a text of many lines as one. */
  _loadText(text) {
    this.lines.push(...text.split('\n'));
    this.#evaluate(`${text}\n`, true);
  }

  clearBufferedCommand() {
    this.#buffered = '';
  }

  createContext() {
    return require('internal/repl/context').createContext(this);
  }

  resetContext() {
    this.context = this.createContext();
    this.underscoreAssigned = false;
    this.underscoreErrAssigned = false;
    this.lines = [];
    this.lines.level = [];
    this.#defineLast('_', 'last', 'underscoreAssigned');
    this.#defineLast('_error', 'lastError', 'underscoreErrAssigned');
    this.emit('reset', this.context);
  }

  #defineLast(name, value, assigned) {
    Object.defineProperty(this.context, name, {
      __proto__: null,
      configurable: true,
      get: () => this[value],
      set: (given) => {
        this[value] = given;
        if (this[assigned]) return;
        this[assigned] = true;
        this.output.write(`Expression assignment to ${name} now disabled.\n`);
      },
    });
  }

  displayPrompt(preserveCursor) {
    const isInside = this.#buffered !== '';
    super.setPrompt(isInside ? MORE : this._initialPrompt);
    this.prompt(preserveCursor);
  }

  setPrompt(prompt) {
    this._initialPrompt = prompt;
    super.setPrompt(prompt);
  }

  complete(text, callback) {
    let found;
    try {
      found = require('internal/repl/complete').complete(this, text);
    } catch (error) {
      callback(error);
      return;
    }
    callback(null, found);
  }

  completeOnEditorMode(callback) {
    return (error, results) => {
      if (error) {
        callback(error);
        return;
      }
      const [completions, text = ''] = results;
      callback(null, completions.length === 1 ? [[completions[0]], text] : [[], text]);
    };
  }

  defineCommand(keyword, command) {
    const defined = typeof command === 'function' ? { action: command } : command;
    validateFunction(defined.action, 'cmd.action');
    this.commands[keyword] = defined;
  }

  setupHistory(config = {}, ready = undefined) {
    const options = typeof config === 'object' && config !== null ? config : { filePath: config };
    const callback = ready ?? options.onHistoryFileLoaded ?? (() => {});
    if (options.size !== undefined) this.historySize = options.size;
    if (options.removeHistoryDuplicates !== undefined) this.removeHistoryDuplicates = options.removeHistoryDuplicates;
    require('internal/repl/history').setUp(this, options.filePath, callback);
  }
}

/** `repl.start([options])`, or with the parts one after the other. */
function start(prompt, source, evaluator, useGlobal, ignoreUndefined, replMode) {
  return new REPLServer(prompt, source, evaluator, useGlobal, ignoreUndefined, replMode);
}

module.exports = {
  start,
  writer,
  REPLServer,
  REPL_MODE_SLOPPY,
  REPL_MODE_STRICT,
  Recoverable,
  isValidSyntax,
};

/** Names of built-in modules, as `repl` has always had them. */
function libraries() {
  const { builtinModules } = require('internal/modules/builtin');
  return builtinModules.filter((id) => !id.startsWith('_') && !id.startsWith('node:'));
}

for (const name of ['builtinModules', '_builtinLibs']) {
  let value;
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: name === 'builtinModules', get: () => (value ??= libraries()), set(given) { value = given; },
  });
}
