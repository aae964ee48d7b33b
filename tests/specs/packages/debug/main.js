'use strict';
const debug = require('debug');

debug.enable('app:*,-app:quiet');
debug.log = (...args) => console.log(...args.map((part) => typeof part === 'string' ? part.replace(/\+\d+ms/, '+Nms').replace(/^\S+Z /, 'TIME ') : part));
const loud = debug('app:loud');
const quiet = debug('app:quiet');
loud('hello %s %d %j %o', 'you', 42, { a: 1 }, [1, { b: 2 }]);
quiet('not shown');
debug('other')('not shown either');
console.log(loud.enabled, quiet.enabled, debug.enabled('app:x'));
loud.extend('more')('extended');
