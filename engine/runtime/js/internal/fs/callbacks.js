'use strict';

// How results of operations reach the script: callbacks and promises.

const { TRACING } = require('internal/flags');

const { flags } = ops;
const { captureStackTrace } = Error;

/** A callback for an op whose value has to become something else first. */
function converted(callback, convert) {
  const wrapper = (error, value) => {
    if (error === null) callback(null, convert(value));
    else callback(error);
  };
  return marked(wrapper, callback);
}

/** Leaves word which function of the script a callback stands for, when somebody watches. */
function marked(wrapper, callback) {
  if (flags[TRACING] !== 0) wrapper.original = callback;
  return wrapper;
}

/** An error without a stack of its own gets that of the functions that wait for it. */
function withAsyncStack(error) {
  captureStackTrace(error, withAsyncStack);
  throw error;
}

/** The promise of an op: `start` is given its callback. */
function promised(start) {
  return new Promise((resolve, reject) => {
    start((error, value) => {
      if (error === null) resolve(value);
      else reject(error);
    });
  }).then(undefined, withAsyncStack);
}

module.exports = { converted, marked, promised };
