'use strict';

// Data that every worker started from here inherits
// (https://nodejs.org/api/worker_threads.html#workersetenvironmentdatakey-value).

let data = new Map();

const getEnvironmentData = function getEnvironmentData(key) {
  return data.get(key);
};

const setEnvironmentData = function setEnvironmentData(key, value) {
  if (value === undefined) data.delete(key);
  else data.set(key, value);
};

/** What a worker starts with. */
const all = () => data;

/** What this worker was started with. */
function inherit(map) {
  data = map;
}

module.exports = { all, getEnvironmentData, inherit, setEnvironmentData };
