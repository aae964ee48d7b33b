'use strict';

// What a terminal sends when a key is pressed, as `keypress` events
// (https://nodejs.org/api/readline.html#readlineemitkeypresseventsstream-interface).

const ESCAPE = '\x1b';
/** How long to wait for the rest of a sequence, in milliseconds. */
const ESCAPE_TIMEOUT = 500;

const decoders = new WeakMap();

/** Codes of terminals (xterm, gnome, rxvt, putty, cygwin, linux) → name, with `S` or `C` for shift and control. */
const NAMES = {
  __proto__: null,
  'OP': 'f1', 'OQ': 'f2', 'OR': 'f3', 'OS': 'f4',
  '[P': 'f1', '[Q': 'f2', '[R': 'f3', '[S': 'f4',
  '[11~': 'f1', '[12~': 'f2', '[13~': 'f3', '[14~': 'f4',
  '[200~': 'paste-start', '[201~': 'paste-end',
  '[[A': 'f1', '[[B': 'f2', '[[C': 'f3', '[[D': 'f4', '[[E': 'f5',
  '[15~': 'f5', '[17~': 'f6', '[18~': 'f7', '[19~': 'f8', '[20~': 'f9', '[21~': 'f10', '[23~': 'f11', '[24~': 'f12',
  '[A': 'up', '[B': 'down', '[C': 'right', '[D': 'left', '[E': 'clear', '[F': 'end', '[H': 'home',
  'OA': 'up', 'OB': 'down', 'OC': 'right', 'OD': 'left', 'OE': 'clear', 'OF': 'end', 'OH': 'home',
  '[1~': 'home', '[2~': 'insert', '[3~': 'delete', '[4~': 'end', '[5~': 'pageup', '[6~': 'pagedown',
  '[[5~': 'pageup', '[[6~': 'pagedown', '[7~': 'home', '[8~': 'end',
  '[a': 'S up', '[b': 'S down', '[c': 'S right', '[d': 'S left', '[e': 'S clear',
  '[2$': 'S insert', '[3$': 'S delete', '[5$': 'S pageup', '[6$': 'S pagedown', '[7$': 'S home', '[8$': 'S end',
  'Oa': 'C up', 'Ob': 'C down', 'Oc': 'C right', 'Od': 'C left', 'Oe': 'C clear',
  '[2^': 'C insert', '[3^': 'C delete', '[5^': 'C pageup', '[6^': 'C pagedown', '[7^': 'C home', '[8^': 'C end',
  '[Z': 'S tab',
};

const isDigit = (character) => character >= '0' && character <= '9';

/** How many units the character at `index` has. */
function charLengthAt(text, index) {
  if (text.length <= index) return 1;
  return text.codePointAt(index) > 0xffff ? 2 : 1;
}

/** How many units the character before `index` has. */
function charLengthLeft(text, index) {
  if (index <= 0) return 0;
  return index > 1 && text.codePointAt(index - 2) > 0xffff ? 2 : 1;
}

/** Names the key of the sequence `code`. */
function nameKey(key, code, modifier) {
  key.ctrl = (modifier & 4) !== 0;
  key.meta = (modifier & 10) !== 0;
  key.shift = (modifier & 1) !== 0;
  key.code = code;
  const name = NAMES[code] ?? 'undefined';
  key.name = name.slice(name.indexOf(' ') + 1);
  if (name.startsWith('S ')) key.shift = true;
  else if (name.startsWith('C ')) key.ctrl = true;
}

/** `[1;5C`: the code without the modifier, and the modifier. */
function splitCommand(command) {
  const tilde = /^(?:(\d\d?)(?:;(\d))?([~^$])|(\d{3}~))$/.exec(command);
  if (tilde !== null) return tilde[4] ? [tilde[4], 0] : [tilde[1] + tilde[3], (tilde[2] || 1) - 1];
  const letter = /^(?:(?:\d;)?(\d))?([A-Za-z])$/.exec(command);
  return letter === null ? [command, 0] : [letter[2], (letter[1] || 1) - 1];
}

/** Takes characters, one per `next`, and emits a `keypress` for every key. */
function* emitKeys(stream) {
  for (;;) {
    let character = yield;
    let sequence = character;
    let escaped = false;
    const key = { sequence: null, name: undefined, ctrl: false, meta: false, shift: false };
    if (character === ESCAPE) {
      escaped = true;
      sequence += (character = yield);
      if (character === ESCAPE) sequence += (character = yield);
    }
    if (escaped && character === 'O') {
      let modifier = 0;
      sequence += (character = yield);
      if (isDigit(character)) {
        modifier = Number(character) - 1;
        sequence += (character = yield);
      }
      nameKey(key, `O${character}`, modifier);
    } else if (escaped && character === '[') {
      let code = '[';
      sequence += (character = yield);
      if (character === '[') {
        code += '[';
        sequence += (character = yield);
      }
      const start = sequence.length - 1;
      for (let digits = 0; digits < 3 && isDigit(character); digits++) sequence += (character = yield);
      if (character === ';') {
        sequence += (character = yield);
        if (isDigit(character)) sequence += yield;
      }
      const [command, modifier] = splitCommand(sequence.slice(start));
      nameKey(key, code + command, modifier);
    } else {
      namePlainKey(key, character, escaped);
    }
    key.sequence = sequence;
    if (sequence.length !== 0 && (key.name !== undefined || escaped)) {
      stream.emit('keypress', escaped ? undefined : sequence, key);
    } else if (charLengthAt(sequence, 0) === sequence.length) {
      // A single character without a name.
      stream.emit('keypress', sequence, key);
    }
  }
}

const PLAIN_NAMES = {
  '__proto__': null,
  '\r': 'return',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\x7f': 'backspace',
  '\x1b': 'escape',
  ' ': 'space',
};

function namePlainKey(key, character, escaped) {
  const name = PLAIN_NAMES[character];
  if (name !== undefined) {
    key.name = name;
    key.meta = escaped;
  } else if (!escaped && character <= '\x1a') {
    key.name = String.fromCharCode(character.charCodeAt(0) + 96);
    key.ctrl = true;
  } else if (/^[0-9A-Za-z]$/.test(character)) {
    key.name = character.toLowerCase();
    key.shift = /^[A-Z]$/.test(character);
    key.meta = escaped;
  } else if (escaped) {
    key.name = character.length > 0 ? undefined : 'escape';
    key.meta = true;
  }
}

/** `readline.emitKeypressEvents`. */
function emitKeypressEvents(stream, iface = {}) {
  if (decoders.has(stream)) return;
  const { StringDecoder } = require('string_decoder');
  const decoder = new StringDecoder('utf8');
  decoders.set(stream, decoder);
  let keys = emitKeys(stream);
  keys.next();
  let timer;

  function feed(text) {
    const { kSawKeyPress } = require('internal/readline/symbols');
    clearTimeout(timer);
    iface[kSawKeyPress] = charLengthAt(text, 0) === text.length;
    // While several characters come at once, text is being pasted: a tab in it completes nothing.
    iface.isCompletionEnabled = false;
    let length = 0;
    for (const character of text) {
      length += character.length;
      if (length === text.length) iface.isCompletionEnabled = true;
      try {
        keys.next(character);
        if (length === text.length && character === ESCAPE) {
          timer = setTimeout(() => keys.next(''), iface.escapeCodeTimeout ?? ESCAPE_TIMEOUT);
        }
      } catch (error) {
        // The listener threw, which ended the generator.
        keys = emitKeys(stream);
        keys.next();
        throw error;
      }
    }
  }

  function onData(input) {
    if (stream.listenerCount('keypress') > 0) {
      const text = decoder.write(input);
      if (text) feed(text);
    } else {
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
    }
  }

  function onNewListener(event) {
    if (event !== 'keypress') return;
    stream.on('data', onData);
    stream.removeListener('newListener', onNewListener);
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { charLengthAt, charLengthLeft, emitKeypressEvents };
