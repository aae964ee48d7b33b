'use strict';

// Editing a line in a terminal: what keys do (https://nodejs.org/api/readline.html#tty-keybindings).

const { charLengthAt, charLengthLeft } = require('internal/readline/keys');
const symbols = require('internal/readline/symbols');

const {
  kBeforeEdit, kKillRing, kKillRingCursor, kPreviousKey, kPrompt, kRedoStack, kSawReturnAt, kSubstringSearch,
  kTabCompleter, kUndoStack, kYanking, methods,
} = symbols;

/** So many cut texts and changes are kept. */
const MOST_CUTS = 32;
const MOST_CHANGES = 2048;
const LINE_END = /\r\n|\n|\r|\u2028|\u2029/;

const cursor = () => require('internal/readline/cursor');
const width = (text) => require('internal/util/width').textWidth(text);

const reversed = (text) => Array.from(text).reverse().join('');

/** Length of the word before the cursor, with the space behind it. */
function wordBefore(self) {
  return /^\s*(?:[^\w\s]+|\w+)?/.exec(reversed(self.line.slice(0, self.cursor)))[0].length;
}

/** Replaces the line and draws it. */
function setLine(self, line, place) {
  self.line = line;
  self.cursor = place;
  self[methods._refreshLine]();
}

/** Takes the text from `start` to `end` out of the line. */
function cut(self, start, end) {
  if (start >= end) return '';
  self[kBeforeEdit](self.line, self.cursor);
  const { line } = self;
  setLine(self, line.slice(0, start) + line.slice(end), start);
  return line.slice(start, end);
}

/** Keeps a text that was cut, for Ctrl+Y. */
function keep(self, text) {
  const ring = self[kKillRing];
  if (text === '' || text === ring[0]) return;
  ring.unshift(text);
  self[kKillRingCursor] = 0;
  if (ring.length > MOST_CUTS) ring.pop();
}

function commonPrefix(texts) {
  let prefix = texts[0] ?? '';
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}

/** The completions in columns. */
function inColumns(completions, columns) {
  const widths = completions.map((completion) => width(completion));
  const columnWidth = Math.max(...widths) + 2;
  const most = columns === Infinity ? 1 : Math.floor(columns / columnWidth) || 1;
  let output = '\r\n';
  let inRow = 0;
  let space = 0;
  completions.forEach((completion, index) => {
    if (completion === '' || inRow === most) {
      output += '\r\n';
      inRow = 0;
      space = 0;
    } else {
      output += ' '.repeat(space);
    }
    if (completion === '') {
      output += '\r\n';
    } else {
      output += completion;
      space = columnWidth - widths[index];
      inRow++;
    }
  });
  return inRow === 0 ? output : `${output}\r\n\r\n`;
}

const editing = {
  [kBeforeEdit](line, place) {
    const stack = this[kUndoStack];
    stack.push({ line, place });
    if (stack.length > MOST_CHANGES) stack.shift();
  },

  [methods._addHistory]() {
    const { history, line } = this;
    if (line.length === 0) return '';
    if (this.historySize === 0 || line.trim().length === 0) return line;
    if (history[0] !== line) {
      if (this.removeHistoryDuplicates) {
        const index = history.indexOf(line);
        if (index !== -1) history.splice(index, 1);
      }
      history.unshift(line);
      if (history.length > this.historySize) history.pop();
    }
    this.historyIndex = -1;
    const entry = history[0];
    // The listener may take the line out again.
    this.emit('history', history);
    return entry;
  },

  [methods._refreshLine]() {
    const { clearScreenDown, cursorTo, moveCursor } = cursor();
    const text = this[kPrompt] + this.line;
    const end = this[methods._getDisplayPos](text);
    const place = this.getCursorPos();
    const above = this.prevRows || 0;
    if (above > 0) moveCursor(this.output, 0, -above);
    cursorTo(this.output, 0);
    clearScreenDown(this.output);
    this[methods._writeToOutput](text);
    // A terminal begins the next row only with the next character.
    if (end.cols === 0) this[methods._writeToOutput](' ');
    cursorTo(this.output, place.cols);
    const below = end.rows - place.rows;
    if (below > 0) moveCursor(this.output, 0, -below);
    this.prevRows = place.rows;
  },

  [methods._insertString](text) {
    this[kBeforeEdit](this.line, this.cursor);
    const { cursor, line } = this;
    const isInside = cursor < line.length;
    const { rows } = this.getCursorPos();
    this.line = line.slice(0, cursor) + text + line.slice(cursor);
    this.cursor += text.length;
    // While text is being pasted the line is drawn again only after its last character.
    const isMoved = isInside || rows < this.getCursorPos().rows;
    if (isMoved && this.isCompletionEnabled) this[methods._refreshLine]();
    else this[methods._writeToOutput](text);
  },

  [methods._tabComplete](isSecond) {
    this.pause();
    this.completer(this.line.slice(0, this.cursor), (error, value) => {
      this.resume();
      if (error) {
        const { inspect } = require('internal/util/inspect');
        this[methods._writeToOutput](`Tab completion error: ${inspect(error)}`);
        return;
      }
      this[kTabCompleter](isSecond, value);
    });
  },

  [kTabCompleter](isSecond, [completions, completed]) {
    if (!completions || completions.length === 0) return;
    const prefix = commonPrefix(completions.filter((completion) => completion !== ''));
    if (prefix.startsWith(completed) && prefix.length > completed.length) {
      this[methods._insertString](prefix.slice(completed.length));
      return;
    }
    if (!completed.startsWith(prefix)) {
      const start = this.cursor - completed.length;
      setLine(this, this.line.slice(0, start) + prefix + this.line.slice(this.cursor), start + prefix.length);
      return;
    }
    if (!isSecond) return;
    this[kBeforeEdit](this.line, this.cursor);
    this[methods._writeToOutput](inColumns(completions, this.columns));
    this[methods._refreshLine]();
  },

  [methods._wordLeft]() {
    if (this.cursor > 0) this[methods._moveCursor](-wordBefore(this));
  },

  [methods._wordRight]() {
    if (this.cursor >= this.line.length) return;
    const [word] = /^(?:\s+|[^\w\s]+|\w+)\s*/.exec(this.line.slice(this.cursor));
    this[methods._moveCursor](word.length);
  },

  [methods._deleteLeft]() {
    cut(this, this.cursor - charLengthLeft(this.line, this.cursor), this.cursor);
  },

  [methods._deleteRight]() {
    if (this.cursor < this.line.length) cut(this, this.cursor, this.cursor + charLengthAt(this.line, this.cursor));
  },

  [methods._deleteWordLeft]() {
    if (this.cursor > 0) cut(this, this.cursor - wordBefore(this), this.cursor);
  },

  [methods._deleteWordRight]() {
    if (this.cursor >= this.line.length) return;
    const [word] = /^(?:\s+|\W+|\w+)\s*/.exec(this.line.slice(this.cursor));
    cut(this, this.cursor, this.cursor + word.length);
  },

  [methods._deleteLineLeft]() {
    this[kBeforeEdit](this.line, this.cursor);
    keep(this, this.line.slice(0, this.cursor));
    setLine(this, this.line.slice(this.cursor), 0);
  },

  [methods._deleteLineRight]() {
    this[kBeforeEdit](this.line, this.cursor);
    keep(this, this.line.slice(this.cursor));
    setLine(this, this.line.slice(0, this.cursor), this.cursor);
  },

  clearLine() {
    this[methods._moveCursor](Infinity);
    this[methods._writeToOutput]('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },

  [methods._line]() {
    const line = this[methods._addHistory]();
    this[kUndoStack] = [];
    this[kRedoStack] = [];
    this.clearLine();
    this[methods._onLine](line);
  },

  [methods._historyNext]() {
    if (this.historyIndex < 0) return;
    this[kBeforeEdit](this.line, this.cursor);
    const search = this[kSubstringSearch] ?? '';
    let index = this.historyIndex - 1;
    while (index >= 0 && (!this.history[index].startsWith(search) || this.line === this.history[index])) index--;
    this.historyIndex = index;
    const line = index === -1 ? search : this.history[index];
    setLine(this, line, line.length);
  },

  [methods._historyPrev]() {
    const { history } = this;
    if (this.historyIndex >= history.length || history.length === 0) return;
    this[kBeforeEdit](this.line, this.cursor);
    const search = this[kSubstringSearch] ?? '';
    let index = this.historyIndex + 1;
    while (index < history.length && (!history[index].startsWith(search) || this.line === history[index])) index++;
    this.historyIndex = index;
    const line = index === history.length ? search : history[index];
    setLine(this, line, line.length);
  },

  /** Column and row of the end of a text in this terminal. */
  [methods._getDisplayPos](text) {
    const { columns, tabSize } = this;
    const { stripControl } = require('internal/util/inspect/options');
    const { textWidth } = require('internal/util/width');
    let offset = 0;
    let rows = 0;
    for (const character of stripControl(text)) {
      if (character === '\n') {
        rows += Math.ceil(offset / columns) || 1;
        offset = 0;
      } else if (character === '\t') {
        offset += tabSize - (offset % tabSize);
      } else {
        const cells = textWidth(character, false);
        // A wide character has no room in the last column.
        if (cells === 2 && (offset + 1) % columns === 0) offset++;
        offset += cells;
      }
    }
    const cols = offset % columns;
    rows += columns === Infinity ? 0 : (offset - cols) / columns;
    return { cols, rows };
  },

  getCursorPos() {
    return this[methods._getDisplayPos](this[kPrompt] + this.line.slice(0, this.cursor));
  },

  [methods._moveCursor](change) {
    if (change === 0) return;
    const before = this.getCursorPos();
    this.cursor = Math.min(Math.max(this.cursor + change, 0), this.line.length);
    const after = this.getCursorPos();
    if (before.rows === after.rows) cursor().moveCursor(this.output, after.cols - before.cols, 0);
    else this[methods._refreshLine]();
  },

  [methods._ttyWrite](text, pressed) {
    const key = pressed ?? {};
    if (process.env.TERM === 'dumb') return writeDumb(this, text, key);
    const previous = this[kPreviousKey];
    this[kPreviousKey] = key;
    if (!key.meta || key.name !== 'y') this[kYanking] = false;
    noteSearch(this, key);
    if (key.sequence === '\x1f') return undo(this, this[kUndoStack], this[kRedoStack]);
    if (key.sequence === '\x1e') return undo(this, this[kRedoStack], this[kUndoStack]);
    if (key.name === 'escape') return undefined;
    if (key.ctrl && key.shift) {
      if (key.name === 'backspace') this[methods._deleteLineLeft]();
      else if (key.name === 'delete') this[methods._deleteLineRight]();
    } else if (key.ctrl) {
      withControl[key.name]?.(this);
    } else if (key.meta) {
      withMeta[key.name]?.(this);
    } else {
      if (this[kSawReturnAt] && key.name !== 'enter') this[kSawReturnAt] = 0;
      const completes = key.name === 'tab' && typeof this.completer === 'function' && this.isCompletionEnabled;
      if (completes) this[methods._tabComplete](previous?.name === 'tab');
      else if (Object.hasOwn(plain, key.name)) plain[key.name](this);
      else if (typeof text === 'string' && text !== '') insertLines(this, text);
    }
    return undefined;
  },
};

/** A terminal that cannot move its cursor shows what comes; only the ends of lines and two keys mean something. */
function writeDumb(self, text, key) {
  if (key.name === 'escape') return;
  if (self[kSawReturnAt] && key.name !== 'enter') self[kSawReturnAt] = 0;
  if (key.ctrl && key.name === 'c') {
    withControl.c(self);
  } else if (key.ctrl && key.name === 'd') {
    self.close();
  } else if (key.name === 'return' || key.name === 'enter') {
    plain[key.name](self);
  } else if (typeof text === 'string' && text !== '') {
    self.line += text;
    self.cursor += text.length;
    self[methods._writeToOutput](text);
  }
}

/** The arrow keys look for lines that begin as what stands before the cursor. */
function noteSearch(self, key) {
  const isArrow = key.name === 'up' || key.name === 'down';
  if (isArrow && !key.ctrl && !key.meta && !key.shift) {
    self[kSubstringSearch] ??= self.line.slice(0, self.cursor);
  } else if (self[kSubstringSearch] !== null) {
    self[kSubstringSearch] = null;
    if (self.history.length === self.historyIndex) self.historyIndex = -1;
  }
}

function undo(self, from, to) {
  const entry = from.pop();
  if (entry === undefined) return;
  to.push({ line: self.line, place: self.cursor });
  setLine(self, entry.line, entry.place);
}

/** Text that was pasted can have several lines. */
function insertLines(self, text) {
  const lines = text.split(LINE_END);
  lines.forEach((line, index) => {
    if (index > 0) self[methods._line]();
    if (line !== '' || lines.length === 1) self[methods._insertString](line);
  });
}

function yank(self) {
  const text = self[kKillRing][self[kKillRingCursor]];
  if (text === undefined) return;
  self[kYanking] = true;
  self[methods._insertString](text);
}

/** Replaces what Ctrl+Y has just inserted by what was cut before it. */
function yankPop(self) {
  const ring = self[kKillRing];
  if (!self[kYanking] || ring.length <= 1) return;
  const last = ring[self[kKillRingCursor]];
  self[kKillRingCursor] = (self[kKillRingCursor] + 1) % ring.length;
  const text = ring[self[kKillRingCursor]];
  const start = self.cursor - last.length;
  setLine(self, self.line.slice(0, start) + text + self.line.slice(self.cursor), start + text.length);
}

function suspend(self) {
  if (self.listenerCount('SIGTSTP') > 0) {
    self.emit('SIGTSTP');
    return;
  }
  process.once('SIGCONT', () => {
    // The script may have paused the input meanwhile.
    if (self.paused) return;
    self.pause();
    self.emit('SIGCONT');
    self[methods._setRawMode](true);
    self[methods._refreshLine]();
  });
  self[methods._setRawMode](false);
  process.kill(process.pid, 'SIGTSTP');
}

const plain = {
  return(self) {
    self[kSawReturnAt] = Date.now();
    self[methods._line]();
  },
  enter(self) {
    // A line feed right behind a carriage return belongs to it.
    if (self[kSawReturnAt] === 0 || Date.now() - self[kSawReturnAt] > self.crlfDelay) self[methods._line]();
    self[kSawReturnAt] = 0;
  },
  backspace: (self) => self[methods._deleteLeft](),
  delete: (self) => self[methods._deleteRight](),
  left: (self) => self[methods._moveCursor](-charLengthLeft(self.line, self.cursor)),
  right: (self) => self[methods._moveCursor](charLengthAt(self.line, self.cursor)),
  home: (self) => self[methods._moveCursor](-Infinity),
  end: (self) => self[methods._moveCursor](Infinity),
  up: (self) => self[methods._historyPrev](),
  down: (self) => self[methods._historyNext](),
};

const withControl = {
  __proto__: null,
  c(self) {
    if (self.listenerCount('SIGINT') > 0) self.emit('SIGINT');
    else self.close();
  },
  d(self) {
    if (self.cursor === 0 && self.line.length === 0) self.close();
    else self[methods._deleteRight]();
  },
  l(self) {
    const { clearScreenDown, cursorTo } = cursor();
    cursorTo(self.output, 0, 0);
    clearScreenDown(self.output);
    self[methods._refreshLine]();
  },
  a: plain.home,
  b: plain.left,
  backspace: (self) => self[methods._deleteWordLeft](),
  delete: (self) => self[methods._deleteWordRight](),
  e: plain.end,
  f: plain.right,
  h: plain.backspace,
  k: (self) => self[methods._deleteLineRight](),
  left: (self) => self[methods._wordLeft](),
  n: plain.down,
  p: plain.up,
  right: (self) => self[methods._wordRight](),
  u: (self) => self[methods._deleteLineLeft](),
  w: (self) => self[methods._deleteWordLeft](),
  y: yank,
  z: suspend,
};

const withMeta = {
  __proto__: null,
  b: (self) => self[methods._wordLeft](),
  backspace: (self) => self[methods._deleteWordLeft](),
  d: (self) => self[methods._deleteWordRight](),
  delete: (self) => self[methods._deleteWordRight](),
  f: (self) => self[methods._wordRight](),
  y: yankPop,
};

/** Gives a prototype the methods of this file. */
function install(prototype) {
  for (const key of Reflect.ownKeys(editing)) {
    const descriptor = Object.getOwnPropertyDescriptor(editing, key);
    Object.defineProperty(prototype, key, { ...descriptor, enumerable: false });
  }
}

module.exports = { install };
