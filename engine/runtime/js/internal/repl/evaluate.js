'use strict';

// Runs what was typed, in the global scope or in a context of its own.

const vm = require('vm');
const { Recoverable, asExpression, dynamicImport, isRecoverable } = require('internal/repl/syntax');

const STRICT = "'use strict'; void 0;\n";
const STATIC_IMPORT = 'Cannot use import statement outside a module';
const IMPORT_ADVICE = 'Cannot use import statement inside the Node.js REPL, alternatively use dynamic import: ';

function compile(code, file) {
  return new vm.Script(code, {
    filename: file, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER, displayErrors: false,
  });
}

/** The script for a text: as an expression, as it is, or as a function that waits. Throws what is wrong with it. */
function scriptOf(code, file, isStrict) {
  const wrapped = asExpression(code);
  const prefix = isStrict ? STRICT : '';
  if (wrapped !== undefined) {
    try {
      return { script: compile(prefix + wrapped, file), waits: false };
    } catch {
      // It is a block.
    }
  }
  try {
    return { script: compile(prefix + code, file), waits: false };
  } catch (error) {
    if (/\bawait\b/.test(code) && !require('internal/options').isOff('--experimental-repl-await')) {
      for (const text of wrapped === undefined ? [code] : [wrapped, code]) {
        const waiting = ops.repl_await(text);
        if (typeof waiting === 'string') return { script: compile(prefix + waiting, file), waits: true };
        if (waiting === true && text === code) throw new Recoverable(error);
      }
    }
    if (isRecoverable(error, code)) throw new Recoverable(error);
    if (error.message === STATIC_IMPORT) {
      const instead = dynamicImport(code);
      if (instead !== undefined) {
        error.message = IMPORT_ADVICE + instead;
        error.stack = `${error.stack}`.replace(STATIC_IMPORT, error.message);
      }
    }
    throw error;
  }
}

/** The promise of a text that waits, until Ctrl+C. */
function interruptible(repl, promise) {
  const { promise: outcome, resolve, reject } = Promise.withResolvers();
  const stop = () => {
    const { codes } = require('internal/errors');
    reject(new codes.ERR_SCRIPT_EXECUTION_INTERRUPTED());
  };
  repl.interrupt = stop;
  promise.then(resolve, reject);
  return outcome.finally(() => {
    if (repl.interrupt === stop) repl.interrupt = undefined;
  });
}

/** The `eval` function of a REPL that has none of its own. */
function evaluate(code, context, file, callback) {
  if (code === '\n') {
    callback(null);
    return;
  }
  const { REPL_MODE_STRICT } = require('repl');
  let found;
  try {
    found = scriptOf(code, file, this.replMode === REPL_MODE_STRICT);
  } catch (error) {
    callback(error);
    return;
  }
  const options = { displayErrors: false, breakOnSigint: this.breakEvalOnSigint };
  const wasRaw = this.breakEvalOnSigint && this.terminal ? this.input.isRaw : undefined;
  let result;
  try {
    // Ctrl+C is a signal only while the terminal is not raw.
    if (wasRaw) this.input.setRawMode(false);
    result = this.useGlobal ? found.script.runInThisContext(options) : found.script.runInContext(context, options);
  } catch (error) {
    callback(error);
    return;
  } finally {
    if (wasRaw) this.input.setRawMode(true);
  }
  if (!found.waits) {
    callback(null, result);
    return;
  }
  interruptible(this, result).then((value) => callback(null, value?.value), (error) => callback(error));
}

module.exports = { evaluate };
