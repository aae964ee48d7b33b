'use strict';

// `util.setTraceSigInt` (https://nodejs.org/api/util.html#utilsettracesigintenable): SIGINT prints where the script is.

const { codes } = require('internal/errors');

let isOn = false;

function setTraceSigInt(enable) {
  enable = Boolean(enable);
  if (!require('internal/worker/thread').isMainThread) {
    throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION('Calling util.setTraceSigInt');
  }
  if (enable === isOn) return;
  isOn = enable;
  if (enable) ops.interrupt_trace(() => ops.interrupt_end());
  else ops.interrupt_untrace();
}

module.exports = { setTraceSigInt };
