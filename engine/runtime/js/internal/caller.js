'use strict';

// Who has called a function of a built-in module.

const PACKAGE_FOLDER = /[/\\]node_modules[/\\]/;
/** Deeper calls are not looked at. */
const MOST_FRAMES = 100;

/** Whether the nearest script among the callers belongs to an installed package: its author is warned, not its user. */
function isInsidePackage() {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = MOST_FRAMES;
  Error.prepareStackTrace = (_error, frames) => frames;
  const holder = {};
  Error.captureStackTrace(holder, isInsidePackage);
  const { stack: frames } = holder;
  Error.stackTraceLimit = stackTraceLimit;
  Error.prepareStackTrace = prepareStackTrace;
  if (!Array.isArray(frames)) return false;
  const files = frames.map((frame) => frame.getFileName()).filter((file) => file && !file.startsWith('node:'));
  return files.length > 0 && PACKAGE_FOLDER.test(files[0]);
}

module.exports = { isInsidePackage };
