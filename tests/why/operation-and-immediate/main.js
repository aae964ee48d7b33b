// why: soon
require('node:fs').stat(__filename, function stated() {});
setImmediate(function soon() {});
