// Codes and messages of wrong arguments, all over the built-in functions.
const { EventEmitter, once } = require('events');
const path = require('path');
const util = require('util');
const attempt = (name, f) => {
  try {
    f();
    console.log(`${name}: no error`);
  } catch (error) {
    console.log(`${name}: ${error.name} [${error.code}] ${error.message}`);
  }
};
const odd = [undefined, null, 5, -0, 10n, 'text', "it's", 'a text that is longer than twenty-eight characters', true, Symbol('s'), [], {}, () => {}, function named() {}, class Foo {}, new (class Bar {})(), new Map(), Object.create(null), /x/, new Date(0)];
for (const value of odd) attempt('path.join', () => path.join(value));
for (const value of odd) attempt('setTimeout', () => clearTimeout(setTimeout(value)));
for (const value of [-1, 1.5, NaN, Infinity, 2 ** 32, '5', 2n ** 70n]) attempt('setMaxListeners', () => new EventEmitter().setMaxListeners(value));
attempt('nextTick', () => process.nextTick());
attempt('queueMicrotask', () => queueMicrotask({}));
attempt('setImmediate', () => setImmediate(1));
attempt('on', () => new EventEmitter().on('x', 'y'));
attempt('URL', () => new URL('not a url'));
attempt('URL with base', () => new URL('/x', 'also not'));
attempt('URLSearchParams', () => new URLSearchParams([['one']]));
attempt('Buffer.from', () => Buffer.from(5));
attempt('Buffer.alloc', () => Buffer.alloc(-1));
attempt('readUInt8', () => Buffer.alloc(2).readUInt8(2));
attempt('writeInt8', () => Buffer.alloc(2).writeInt8(128, 0));
attempt('writeInt32', () => Buffer.alloc(8).writeInt32BE(2 ** 40));
attempt('readInt16', () => Buffer.alloc(2).readInt16LE(0.5));
attempt('promisify', () => util.promisify('x'));
attempt('inherits', () => util.inherits({}, 5));
attempt('TextDecoder', () => new TextDecoder('klingon'));
attempt('structuredClone', () => structuredClone(() => {}));
attempt('structuredClone without', () => structuredClone());
attempt('AbortSignal', () => new AbortSignal());
attempt('AbortSignal.timeout', () => AbortSignal.timeout(-1));
attempt('addEventListener', () => new EventTarget().addEventListener('x'));
attempt('dispatchEvent', () => new EventTarget().dispatchEvent({}));
attempt('Event', () => new Event());
attempt('chdir', () => process.chdir(5));
attempt('kill', () => process.kill('one'));
attempt('kill signal', () => process.kill(process.pid, 'SIGNOTHING'));
attempt('exitCode', () => { process.exitCode = 'x'; });
attempt('emitWarning', () => process.emitWarning(5));
attempt('hrtime', () => process.hrtime(5));
attempt('umask', () => process.umask('9'));
attempt('require', () => require(''));
attempt('require number', () => require(5));
attempt('createRequire', () => require('module').createRequire('relative'));
attempt('atob', () => atob('*'));
attempt('btoa', () => btoa('€'));
attempt('performance.mark', () => performance.mark());
once('not an emitter', 'x').catch((error) => console.log(error.code, error.message));
