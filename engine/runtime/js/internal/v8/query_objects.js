'use strict';

// `v8.queryObjects` (https://nodejs.org/api/v8.html#v8queryobjectsctor-options): every object with a prototype.

const { codes } = require('internal/errors');
const { validateFunction, validateObject } = require('internal/validators');

/** All objects that have `prototype` in their chain; the inspector finds them. */
function find(prototype) {
  const { Inspector } = require('internal/profiling');
  const inspector = new Inspector();
  const key = `loopscope:${Math.random()}`;
  const place = JSON.stringify(key);
  Object.defineProperty(globalThis, key, { value: prototype, configurable: true, writable: true });
  try {
    const { result } = inspector.ask('Runtime.evaluate', { expression: `globalThis[${place}]` });
    const { objects } = inspector.ask('Runtime.queryObjects', { prototypeObjectId: result.objectId });
    inspector.ask('Runtime.callFunctionOn', {
      functionDeclaration: `function() { globalThis[${place}] = this; }`, objectId: objects.objectId,
    });
    return globalThis[key];
  } finally {
    delete globalThis[key];
    inspector.end();
  }
}

function queryObjects(constructor, options = {}) {
  validateFunction(constructor, 'constructor');
  validateObject(options, 'options');
  const { format = 'count' } = options;
  if (format !== 'count' && format !== 'summary') throw new codes.ERR_INVALID_ARG_VALUE('options.format', format);
  require('internal/process_warning').warnExperimental('v8.queryObjects()');
  const found = find(constructor.prototype);
  if (format === 'count') return found.length;
  const { inspect } = require('internal/util/inspect');
  return found.map((object) => inspect(object, { depth: 0 }));
}

module.exports = { queryObjects };
