// What built-in modules export by name: what they have, `default`, and nothing else.
import * as path from 'node:path';
import * as reporters from 'node:test/reporters';
import * as promises from 'node:timers/promises';
console.log(Object.keys(path), 'module.exports' in path, path.default === path.posix);
console.log(Object.keys(reporters), Object.keys(promises));
