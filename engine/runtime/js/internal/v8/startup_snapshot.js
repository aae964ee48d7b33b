'use strict';

// `v8.startupSnapshot` (https://nodejs.org/api/v8.html#startup-snapshot-api): no snapshot is ever being built.

const { codes } = require('internal/errors');

function refuse() {
  throw new codes.ERR_NOT_BUILDING_SNAPSHOT();
}

module.exports = {
  addDeserializeCallback(callback, data) {
    refuse(callback, data);
  },
  addSerializeCallback(callback, data) {
    refuse(callback, data);
  },
  setDeserializeMainFunction(callback, data) {
    refuse(callback, data);
  },
  isBuildingSnapshot() {
    return 0;
  },
};
