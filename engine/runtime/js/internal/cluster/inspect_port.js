'use strict';

// The ports on which the inspectors of workers listen (https://nodejs.org/api/cluster.html#clustersettings).

const { validatePort } = require('internal/validators');

const OPTION = /--inspect(?:-brk|-port|-wait)?|--debug-port/;
const LOWEST = 1024;
const HIGHEST = 65535;

let offset = 0;

/** The options of a worker's program: where this one is inspected, each worker gets a port of its own. */
function withInspectPort(execArgv, { inspectPort }) {
  const isInspected = [...execArgv, process.env.NODE_OPTIONS ?? ''].some((option) => OPTION.test(option));
  if (!isInspected) return [...execArgv];
  let port;
  if (inspectPort !== undefined && inspectPort !== null) {
    port = typeof inspectPort === 'function' ? inspectPort() : inspectPort;
    validatePort(port);
  } else {
    port = process.debugPort + ++offset;
    if (port > HIGHEST) port = port - HIGHEST + LOWEST - 1;
  }
  return [...execArgv, `--inspect-port=${port}`];
}

module.exports = { withInspectPort };
