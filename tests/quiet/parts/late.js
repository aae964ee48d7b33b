exports.n = 1; require('node:fs').readFileSync(__filename);
