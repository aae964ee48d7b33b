'use strict';

// `util.debuglog` (https://nodejs.org/api/util.html#utildebuglogsection-callback): messages for those who set NODE_DEBUG.

let wanted;

/** Whether the environment names the section; `*` stands for any text. */
function isWanted(section) {
  if (wanted === undefined) {
    const { NODE_DEBUG } = process.env;
    if (NODE_DEBUG) {
      const pattern = NODE_DEBUG.replace(/[|\\{}()[\]^$+?.]/g, '\\$&')
        .replaceAll('*', '.*')
        .replaceAll(',', '$|^');
      wanted = new RegExp(`^${pattern}$`, 'i');
    } else {
      wanted = /(?!)/;
    }
  }
  return wanted.test(section);
}

/** What is printed may be secret. */
function warn(section) {
  process.emitWarning(
    `Setting the NODE_DEBUG environment variable to '${section}' can expose sensitive data (such as passwords, tokens ` +
    'and authentication headers) in the resulting log.');
}

function print(section, args) {
  const { formatWithOptions } = require('internal/util/format');
  const colors = require('internal/util/colors').shouldColorize(process.stderr);
  const text = formatWithOptions({ colors }, ...args);
  const pid = require('internal/util/inspect').inspect(process.pid, { colors });
  process.stderr.write(`${section} ${pid}: ${text}\n`);
}

/** A function that prints its arguments if NODE_DEBUG names `section`; `callback` gets the quicker one it becomes. */
function debuglog(set, callback) {
  const section = `${set}`.toUpperCase();
  let enabled;
  let log;
  const prepare = () => {
    if (enabled === undefined) {
      enabled = isWanted(section);
      if (enabled && (section === 'HTTP' || section === 'HTTP2')) warn(section.toLowerCase());
    }
    return enabled;
  };
  const withState = (write) => Object.defineProperty(write, 'enabled', {
    __proto__: null,
    get() {
      return prepare();
    },
    configurable: true,
    enumerable: true,
  });
  const logger = (...args) => {
    if (log === undefined) {
      const debug = (...rest) => print(section, rest);
      log = prepare() ? debug : () => {};
      if (typeof callback === 'function') callback(withState(log));
    }
    log(...args);
  };
  return withState(logger);
}

module.exports = { debuglog };
