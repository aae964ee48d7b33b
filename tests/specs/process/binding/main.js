'use strict';

// What `process.binding` answers of the insides that old packages ask for.
const { types } = require('util');
const attempt = (name) => {
  try {
    return process.binding(name);
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
const uv = process.binding('uv');
console.log(uv.errname(-2), uv.UV_ENOENT, uv.getErrorMessage(-2), uv.getErrorMap().get(-2));
console.log(Object.keys(process.binding('util')).filter((name) => !(name in types)));
const constants = process.binding('constants');
console.log(constants.os.signals.SIGTERM, constants.fs.O_RDONLY, constants.zlib.Z_BEST_SPEED, constants.os.errno.ENOENT);
console.log('fs' in process.binding('natives'));
for (const name of ['nothing', 'http_parser', undefined, 5]) console.log(attempt(name));

// Names and descriptors of what is made when it is first read.
for (const name of ['URL', 'fetch', 'structuredClone', 'console', 'WebSocket', 'performance', 'navigator']) {
  const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(globalThis, name);
  console.log(name, typeof value, typeof get, typeof set, flags);
}
for (const name of ['stdin', 'stdout', 'stderr', 'report', 'features', 'release', 'hrtime']) {
  const { value, get, set, ...flags } = Object.getOwnPropertyDescriptor(process, name);
  console.log(name, typeof value, typeof get, typeof set, flags);
}
console.log(Object.prototype.toString.call(process));
const replaced = class {};
globalThis.URLPattern = replaced;
console.log(URLPattern === replaced, delete globalThis.URLPattern, typeof URLPattern);
