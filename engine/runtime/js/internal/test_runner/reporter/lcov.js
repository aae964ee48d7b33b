'use strict';

// Coverage in the form of lcov (https://manpages.debian.org/geninfo); of tests themselves it says nothing.

const path = require('path');
const { Transform } = require('stream');

class LcovReporter extends Transform {
  constructor() {
    super({ __proto__: null, writableObjectMode: true });
  }

  _transform({ type, data }, _encoding, callback) {
    callback(null, type === 'test:coverage' ? textOf(data.summary) : undefined);
  }
}

function textOf({ files, workingDirectory }) {
  return `TN:\n${files.map((file) => [
    `SF:${path.relative(workingDirectory, file.path)}`,
    ...file.functions.map(({ line, name }, index) => `FN:${line},${name || `anonymous_${index}`}`),
    ...file.functions.map(({ count, name }, index) => `FNDA:${count},${name || `anonymous_${index}`}`),
    `FNF:${file.totalFunctionCount}`,
    `FNH:${file.coveredFunctionCount}`,
    ...file.branches.map(({ count, line }, index) => `BRDA:${line},${index},0,${count}`),
    `BRF:${file.totalBranchCount}`,
    `BRH:${file.coveredBranchCount}`,
    ...file.lines.map(({ count, line }) => `DA:${line},${count}`),
    `LH:${file.coveredLineCount}`,
    `LF:${file.totalLineCount}`,
    'end_of_record\n',
  ].join('\n')).join('')}`;
}

module.exports = { LcovReporter };
