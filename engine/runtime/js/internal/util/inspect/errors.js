'use strict';

// Errors as `util.inspect` shows them: their stack, with the class that they really are of in front, and without what
// a cause says again.

const { prefixOf } = require('internal/util/inspect/names');

const FIRST_FRAME = '\n    at';
const LEADING_NAME = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/;
const ONLY_NAME = /^([a-z_A-Z0-9-]*Error)$/;
// A frame that may be a built-in module's.
const INTERNAL_FRAME = /^\s+at (?:.*\(|)node:([^):]+):\d+:\d+\)?$/;
const PACKAGE = /[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)(?=[/\\])/g;

function read(error, key) {
  try {
    return error[key];
  } catch {
    return undefined;
  }
}

function nameAndMessage(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return Object.prototype.toString.call(error);
  }
}

/** The stack as text; an error without one is its name and message. */
function stackOf(error, context) {
  const stack = read(error, 'stack');
  if (!stack) return nameAndMessage(error);
  if (typeof stack === 'string') return stack;
  const { inspect } = require('internal/util/inspect');
  const shown = inspect(stack, { ...context.optionsForCustom(false), compact: false });
  return `${nameAndMessage(error)}\n    ${shown.replaceAll('\n', '\n    ')}`;
}

/** Leaves out the keys whose text the stack says already, and adds the hidden ones that matter. */
function chooseKeys(error, keys, stack, showHidden) {
  if (!showHidden && keys.length > 0) {
    for (const name of ['name', 'message', 'stack']) {
      const index = keys.indexOf(name);
      if (index === -1) continue;
      const value = read(error, name);
      if (typeof value !== 'string' || stack.includes(value)) keys.splice(index, 1);
    }
  }
  if ('cause' in error && !keys.includes('cause')) keys.push('cause');
  if (Array.isArray(Object.getOwnPropertyDescriptor(error, 'errors')?.value) && !keys.includes('errors')) {
    keys.push('errors');
  }
}

/** Puts the name of the class in front when the stack begins with the error's plain name. */
function nameClass(stack, constructor, name, tag) {
  let length = name.length;
  const next = stack[length];
  const begins =
    name.endsWith('Error') && stack.startsWith(name) && (next === undefined || next === ':' || next === '\n');
  if (constructor !== null && !begins) return stack;
  let fallback = 'Error';
  if (constructor === null) {
    const found = LEADING_NAME.exec(stack) ?? ONLY_NAME.exec(stack);
    fallback = found?.[1] ?? '';
    length = fallback.length;
    fallback ||= 'Error';
  }
  const prefix = prefixOf(constructor, tag, fallback).slice(0, -1);
  if (name === prefix) return stack;
  if (!prefix.includes(name)) return `${prefix} [${name}]${stack.slice(length)}`;
  return length === 0 ? `${prefix}: ${stack}` : `${prefix}${stack.slice(length)}`;
}

/** The longest run of lines that both have, as [start in `a`, length]. */
function commonRun(a, b) {
  let best = [0, 0];
  for (let i = 0; i < a.length - best[1]; i++) {
    for (let j = b.indexOf(a[i]); j !== -1; j = b.indexOf(a[i], j + 1)) {
      let length = 1;
      while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length += 1;
      if (length > best[1]) best = [i, length];
    }
  }
  return best;
}

/** The lines of the frames, without those that the cause's stack repeats. */
function frameLines(context, error, text) {
  const lines = text.split('\n');
  const cause = read(error, 'cause');
  if (cause === null || cause === undefined || !isError(cause)) return lines;
  const causeStack = stackOf(cause, context);
  const start = causeStack.indexOf(FIRST_FRAME);
  if (start === -1) return lines;
  const [at, length] = commonRun(lines, causeStack.slice(start + 1).split('\n'));
  if (length > 3) {
    const skipped = length - 2;
    lines.splice(at + 1, skipped, context.stylize(`    ... ${skipped} lines matching cause stack trace ...`, 'undefined'));
  }
  return lines;
}

/** A frame's line in colours: built-in modules and the working directory step back, packages stand out. */
function colorFrame(context, line, folder) {
  const { stylize } = context;
  const builtIn = INTERNAL_FRAME.exec(line);
  if (builtIn !== null) return ops.builtin_exists(builtIn[1]) ? stylize(line, 'undefined') : line;
  line = line.replace(PACKAGE, (text, name) => `${text.slice(0, text.length - name.length)}${stylize(name, 'module')}`);
  if (folder === undefined) return line;
  const url = `file://${folder}`;
  const isUrl = line.includes(url);
  const prefix = isUrl ? url : folder;
  const at = line.indexOf(prefix);
  if (at === -1) return line;
  const isInParentheses = line[at - 1] === '(';
  const start = isInParentheses ? at - 1 : at;
  const end = isInParentheses && line.endsWith(')') ? line.length - 1 : line.length;
  const close = end < line.length ? stylize(')', 'undefined') : '';
  const prefixEnd = at + prefix.length;
  return `${line.slice(0, start)}${stylize(line.slice(start, prefixEnd), 'undefined')}${line.slice(prefixEnd, end)}${close}`;
}

function workingFolder() {
  try {
    return `${process.cwd()}/`;
  } catch {
    return undefined;
  }
}

/** Whether a value is an error of any realm, or inherits from one. */
function isError(value) {
  return ops.util_is_error(value) || value instanceof Error;
}

/** The text of an error; `keys` is changed to the properties to show after it. */
function describeError(error, constructor, tag, context, keys) {
  const named = read(error, 'name');
  const name = named === undefined || named === null ? 'Error' : String(named);
  let stack = stackOf(error, context);
  chooseKeys(error, keys, stack, context.showHidden);
  stack = nameClass(stack, constructor, name, tag);

  // The message may look like frames.
  const message = read(error, 'message');
  let from = message ? stack.indexOf(message) : -1;
  if (from !== -1) from += message.length;
  const start = stack.indexOf(FIRST_FRAME, from);
  if (start === -1) {
    stack = `[${stack}]`;
  } else {
    let lines = frameLines(context, error, stack.slice(start + 1));
    if (context.colors) {
      const folder = workingFolder();
      lines = lines.map((line) => colorFrame(context, line, folder));
    }
    stack = `${stack.slice(0, start)}\n${lines.join('\n')}`;
  }
  return context.indentation === 0 ? stack : stack.replaceAll('\n', `\n${' '.repeat(context.indentation)}`);
}

module.exports = { describeError, isError };
