'use strict';

// The thread of the hooks that `module.register` adds: loads them and asks them one question after the other.

const { codes } = require('internal/errors');
const esm = require('internal/modules/esm');
const { returnError } = require('internal/modules/hooks');

/** `{ url, resolve, load }`, oldest first. */
const chain = [];

const OWN = {
  resolve(specifier, { parentURL }) {
    const { url, format } = esm.describe(specifier, parentURL ?? specifier);
    return format === undefined ? { __proto__: null, url } : { __proto__: null, url, format };
  },
  load: (url, { format }) => esm.readSource(url, format, true),
};

const isText = (value) => value === undefined || value === null || typeof value === 'string';

const CHECKS = {
  resolve({ url, format }, hook) {
    if (typeof url !== 'string') throw returnError('a URL string', hook, 'url', url);
    if (!isText(format)) throw returnError('a string', hook, 'format', format);
  },
  load({ source, format }, hook) {
    if (!isText(format)) throw returnError('a string', hook, 'format', format);
    if (!isText(source) && !(source instanceof ArrayBuffer) && !ArrayBuffer.isView(source)) {
      throw returnError('a string, an ArrayBuffer, or a TypedArray', hook, 'source', source);
    }
  },
};

/** Asks the hooks of a kind, the newest first; each can ask the next, and the last of them the loader itself. */
async function ask(kind, subject, context) {
  const links = chain.filter((hooks) => typeof hooks[kind] === 'function');
  const askFrom = async (index, about, known) => {
    if (index < 0) return OWN[kind](about, known);
    const { url } = links[index];
    let isAsked = false;
    const next = (nextSubject = about, changes = undefined) => {
      isAsked = true;
      return askFrom(index - 1, nextSubject, { ...known, ...changes });
    };
    const result = await links[index][kind](about, known, next);
    if (result === null || typeof result !== 'object') {
      throw new codes.ERR_INVALID_RETURN_VALUE('an object', `${url} '${kind}' hook's ${kind === 'resolve' ? 'nextResolve' : 'nextLoad'}()`, result);
    }
    if (!isAsked && result.shortCircuit !== true) throw new codes.ERR_LOADER_CHAIN_INCOMPLETE(`${url} '${kind}'`);
    CHECKS[kind](result, `${url} '${kind}'`);
    return result;
  };
  return askFrom(links.length - 1, subject, context);
}

const ANSWERS = {
  async register({ specifier, parentURL, data }) {
    const { url } = await ask('resolve', specifier, { conditions: esm.conditions(), importAttributes: {}, parentURL });
    const { initialize, resolve, load } = await esm.importUrl(url);
    const result = await initialize?.(data);
    chain.push({ url, resolve, load });
    return result === undefined ? undefined : null;
  },
  async flush() {
    const { flush } = require('internal/worker/main');
    while (process.stdout.writableLength + process.stderr.writableLength > 0) {
      flush();
      await undefined;
    }
  },
  async resolve({ specifier, context }) {
    const { url, format, importAttributes } = await ask('resolve', specifier, context);
    return { url, format, importAttributes };
  },
  async load({ url, context: { conditions: _, ...context } }) {
    const { source, format } = await ask('load', url, context);
    return { source, format };
  },
};

function run({ port, flag }) {
  const answer = (message) => {
    port.postMessage(message);
    Atomics.store(flag, 0, 1);
    Atomics.notify(flag, 0);
  };
  require('internal/process_events').onOwn('exit', (exitCode) => answer({ exitCode }));
  port.on('message', async (message) => {
    try {
      const value = await ANSWERS[message.what](message);
      answer({ value });
    } catch (error) {
      answer({ error: require('internal/worker/error_copy').serialize(error) });
    }
  });
}

module.exports = { run };
