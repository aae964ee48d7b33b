'use strict';

// What a line of a REPL is: whole, the beginning of more, or wrong; and how its errors are shown.

/** Thrown by an `eval` function when the text is the beginning of something. */
class Recoverable extends SyntaxError {
  constructor(err) {
    super();
    this.err = err;
  }
}


/** The message with which V8 refuses a text, undefined when it takes it. */
function refusal(code) {
  const { Script } = require('vm');
  try {
    new Script(code);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

/** Whether a syntax error says that the text ends too early. */
function isRecoverable({ message }, code) {
  if (message === 'Unexpected end of input' || message === 'Unterminated template literal') return true;
  // At the end of the text only a closing parenthesis was missing; anywhere else one more changes nothing.
  if (message === 'missing ) after argument list') return refusal(`${code})`) !== message;
  if (message !== 'Invalid or unexpected token') return false;
  // A comment, or a string that goes on behind a backslash.
  if (refusal(`${code}*/`) !== message) return true;
  return /\\\n?$/.test(code) && ['"', "'"].some((quote) => refusal(`${code}${quote}`) !== message);
}

/** Text that begins as an object is one, unless it ends as a block does. */
function asExpression(code) {
  return /^\s*\{/.test(code) && !/;\s*$/.test(code) ? `(${code.trim()})\n` : undefined;
}

/** `repl.isValidSyntax`. */
function isValidSyntax(code) {
  const wrapped = asExpression(code);
  if (wrapped !== undefined && refusal(wrapped) === undefined) return true;
  const message = refusal(code);
  return message === undefined || (/\bawait\b/.test(code) && typeof ops.repl_await(code) === 'string');
}

/** How to write a static import where only dynamic ones are. */
function dynamicImport(code) {
  const found = /^\s*import\s*(?:([\w$]+)\s*,?\s*)?(?:\*\s*as\s+([\w$]+)\s*)?(?:\{([^}]*)\}\s*)?(?:from\s*)?(["'])(.*?)\4/.exec(code);
  if (found === null) return undefined;
  const [, byDefault, all, list, , specifier] = found;
  const imported = `await import(${JSON.stringify(specifier)});`;
  if (all !== undefined && byDefault === undefined) return `const ${all} = ${imported}`;
  const names = byDefault === undefined ? [] : [`default: ${byDefault}`];
  for (const part of (list ?? '').split(',').map((text) => text.trim()).filter(Boolean)) names.push(part.replace(/\s+as\s+/, ': '));
  return names.length === 0 ? imported : `const { ${names.join(', ')} } = ${imported}`;
}

/** The source line and the mark below it that stand before a syntax error, and the error itself. */
function marked(error) {
  const [, line, mark, ...others] = `${error.stack}`.split('\n');
  if (line === undefined || !/^\s*\^+\s*$/.test(mark ?? '')) return { place: '', text: `${error.name}: ${error.message}` };
  const message = others.slice(1).join('\n').split(/\n {4}at /)[0];
  return { place: `${line}\n${mark}\n\n`, text: message };
}

module.exports = { Recoverable, asExpression, dynamicImport, isRecoverable, isValidSyntax, marked };
