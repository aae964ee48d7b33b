'use strict';

// The part of an uncaught error's text that says where its 'error' event was emitted. It is attached to the error as
// a function under a symbol and only used when the error ends the program, so that the error's stack stays as it is.

const kEnhanceStack = Symbol('kEnhanceStackBeforeInspector');

const { captureStackTrace } = Error;

/** The longest run of lines that both lists have, as [start in `a`, length]; runs up to 3 lines count as none. */
function longestCommonRun(a, b) {
  let best = [0, 0];
  for (let i = 0; i < a.length - 3; i++) {
    for (let j = b.indexOf(a[i]); j !== -1; j = b.indexOf(a[i], j + 1)) {
      let length = 1;
      while (i + length < a.length && j + length < b.length && a[i + length] === b[j + length]) length += 1;
      if (length > 3 && length > best[1]) best = [i, length];
    }
  }
  return best;
}

function enhance(stack, here, emitter) {
  let owner = '';
  try {
    const { name } = emitter.constructor;
    if (name !== 'EventEmitter') owner = ` on ${name} instance`;
  } catch {
    // The text does without the name.
  }
  const original = String(stack).split('\n').slice(1);
  const lines = here.split('\n').slice(1);
  const [start, length] = longestCommonRun(lines, original);
  if (length > 0) lines.splice(start + 1, length - 2, '    [... lines matching original stack trace ...]');
  return `${stack}\nEmitted 'error' event${owner} at:\n${lines.join('\n')}`;
}

/** Notes that `error` is being emitted on `emitter` by the function `emit`, as far as the error can be written to. */
function attachEmitStack(error, emitter, emit) {
  try {
    const capture = {};
    captureStackTrace(capture, emit);
    Object.defineProperty(error, kEnhanceStack, {
      __proto__: null,
      configurable: true,
      value: () => enhance(error.stack, capture.stack, emitter),
    });
  } catch {
    // A frozen error is thrown as it is.
  }
}

/** The error's stack with what `attachEmitStack` noted, or undefined. */
function enhancedStack(error) {
  const enhanced = error?.[kEnhanceStack];
  return typeof enhanced === 'function' ? enhanced() : undefined;
}

module.exports = { attachEmitStack, enhancedStack };
