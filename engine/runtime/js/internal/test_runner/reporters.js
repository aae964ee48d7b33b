'use strict';

// Which reporter writes where (https://nodejs.org/api/test.html#test-reporters).

const { Readable, finished } = require('stream');
const { pathToFileURL } = require('url');
const { codes } = require('internal/errors');
const { BUILT_IN_REPORTERS } = require('internal/test_runner/options');

/** A reporter by its name, or a module that is one. */
async function load(name) {
  if (name === 'v8') return require('internal/test_runner/wire').reporter;
  if (BUILT_IN_REPORTERS.includes(name)) return require('test/reporters')[name];
  const { importDynamically } = require('internal/modules/esm');
  const base = pathToFileURL(`${process.cwd()}/noop.js`).href;
  const isPath = name.startsWith('./') || name.startsWith('../') || name.startsWith('/');
  const module = await importDynamically(isPath ? pathToFileURL(require('path').resolve(name)).href : name, base, {});
  const reporter = module.default ?? module;
  if (typeof reporter !== 'function' && typeof reporter?.write !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('Reporter', ['function', 'stream.Duplex'], reporter);
  }
  return reporter;
}

function destinationOf(name) {
  if (name === 'stdout') return process.stdout;
  if (name === 'stderr') return process.stderr;
  return require('fs').createWriteStream(name);
}

/** What `reporter` makes of the stream of events. */
function composed(stream, reporter) {
  const isClass = typeof reporter === 'function' && reporter.prototype !== undefined &&
    typeof reporter.prototype._transform === 'function';
  const made = isClass ? new reporter() : reporter;
  if (typeof made !== 'function') return Readable.from(stream).compose(made);
  return stream.compose(made);
}

/** Lets all reporters write. The result says when they are ready to, and when they have. */
function all(stream, wanted) {
  const ends = [];
  const isReady = (async () => {
    for (const { reporter: name, destination: place } of wanted) {
      const reporter = await load(name);
      const destination = destinationOf(place);
      const made = composed(stream, reporter);
      const isOurs = destination !== process.stdout && destination !== process.stderr;
      ends.push(new Promise((resolve) => finished(isOurs ? destination : made, () => resolve())));
      made.pipe(destination, { end: isOurs });
    }
  })();
  return { isReady, ends };
}

/** Resolves when tests may start. */
async function ready({ isReady }) {
  await isReady;
}

/** Resolves when everything has been written. */
function written({ ends }) {
  return Promise.all(ends);
}

module.exports = { all, ready, written };
