'use strict';

// Modules that tests put in the place of others (`mock.module`, see internal/test_runner/mock_module.js): the loaders
// look here when there are any.

/** What stands for a module: its URL → `{ names, valueOf(name), forRequire(), isKept }`. */
const mocks = new Map();
/** URLs that imports of mocked modules led to → the mock. */
const made = new Map();
let count = 0;

/** The URL that an import leads to instead of `url`. */
function replaced(url) {
  const mock = mocks.get(url);
  if (mock === undefined) return url;
  // A mock without a cache is another module every time.
  if (mock.url === undefined || !mock.isKept) mock.url = `mock:${count++}#${url}`;
  made.set(mock.url, mock);
  return mock.url;
}

/** The mock for what `request` names in a CommonJS module, or undefined. */
function required(request, parent) {
  const id = require('internal/modules/builtin').builtinId(request);
  if (id !== undefined) return mocks.get(`node:${id}`);
  let filename;
  try {
    filename = require('internal/modules/cjs').Module._resolveFilename(request, parent);
  } catch {
    return undefined;
  }
  return mocks.get(ops.url_from_path(filename));
}

module.exports = { made, mocks, replaced, required };
