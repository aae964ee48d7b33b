'use strict';

// `util.getCallSites` (https://nodejs.org/api/util.html#utilgetcallsitesframecount-options).

const { validateBoolean, validateNumber, validateInteger, validateObject } = require('internal/validators');

const DEFAULT_FRAMES = 10;
const MOST_FRAMES = 200;
// What the op says about each frame.
const FIELDS = 5;
// This function and the one of the module.
const OWN_FRAMES = 2;

/** The callers, nearest first. */
function getCallSites(frameCount = DEFAULT_FRAMES, options = undefined) {
  if (options === undefined && typeof frameCount === 'object') {
    options = frameCount;
    validateObject(options, 'options');
    frameCount = DEFAULT_FRAMES;
  } else if (options !== undefined) {
    validateObject(options, 'options');
  }
  if (options?.sourceMap !== undefined) validateBoolean(options.sourceMap, 'options.sourceMap');
  validateNumber(frameCount, 'frameCount', 1, MOST_FRAMES);
  validateInteger(frameCount, 'frameCount', 1, MOST_FRAMES);

  const isMapped = options?.sourceMap ?? process.sourceMapsEnabled;
  const parts = ops.util_call_sites(frameCount + OWN_FRAMES) ?? [];
  const sites = [];
  for (let i = OWN_FRAMES * FIELDS; i < parts.length; i += FIELDS) {
    let [functionName, scriptName, scriptId, lineNumber, columnNumber] = parts.slice(i, i + FIELDS);
    const origin = isMapped ? require('internal/source_map_cache').originOf(scriptName, lineNumber, columnNumber) : undefined;
    if (origin !== undefined) {
      scriptName = origin.source;
      lineNumber = origin.line;
      columnNumber = origin.column;
    }
    sites.push({
      __proto__: null,
      functionName,
      scriptId: String(scriptId),
      scriptName,
      lineNumber,
      columnNumber,
      column: columnNumber,
    });
  }
  return sites;
}

module.exports = { getCallSites };
