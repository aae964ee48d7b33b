'use strict';

// The base of all streams, an EventEmitter with the `pipe` of old
// (https://nodejs.org/api/stream.html#compatibility-with-older-nodejs-versions).

const EventEmitter = require('events');

/** What every stream is an instance of. A function, because old code calls it without `new`. */
function Stream(opts) {
  EventEmitter.call(this, opts);
}
Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Stream, EventEmitter);

Stream.prototype.pipe = function (dest, options) {
  const source = this;

  function ondata(chunk) {
    if (dest.writable && dest.write(chunk) === false && source.pause) source.pause();
  }
  function ondrain() {
    if (source.readable && source.resume) source.resume();
  }
  source.on('data', ondata);
  dest.on('drain', ondrain);

  let didEnd = false;
  function onend() {
    if (didEnd) return;
    didEnd = true;
    dest.end();
  }
  function onclose() {
    if (didEnd) return;
    didEnd = true;
    if (typeof dest.destroy === 'function') dest.destroy();
  }
  // Standard output is never ended.
  if (!dest._isStdio && (!options || options.end !== false)) {
    source.on('end', onend);
    source.on('close', onclose);
  }

  function onerror(error) {
    cleanUp();
    // Nobody else listens: it is an unhandled 'error' event.
    if (EventEmitter.listenerCount(this, 'error') === 0) this.emit('error', error);
  }
  prependListener(source, 'error', onerror);
  prependListener(dest, 'error', onerror);

  function cleanUp() {
    source.removeListener('data', ondata);
    dest.removeListener('drain', ondrain);
    source.removeListener('end', onend);
    source.removeListener('close', onclose);
    source.removeListener('error', onerror);
    dest.removeListener('error', onerror);
    source.removeListener('end', cleanUp);
    source.removeListener('close', cleanUp);
    dest.removeListener('close', cleanUp);
  }
  source.on('end', cleanUp);
  source.on('close', cleanUp);
  dest.on('close', cleanUp);

  dest.emit('pipe', source);
  return dest;
};

Stream.prototype.eventNames = function eventNames() {
  const names = [];
  // The fields of a stream's own events are there from the start, empty.
  for (const key of Reflect.ownKeys(this._events ?? {})) {
    const listeners = this._events[key];
    if (typeof listeners === 'function' || (Array.isArray(listeners) && listeners.length > 0)) names.push(key);
  }
  return names;
};

/** Adds a listener before all others, on emitters of any age. */
function prependListener(emitter, event, listener) {
  if (typeof emitter.prependListener === 'function') return emitter.prependListener(event, listener);
  if (!emitter._events || !emitter._events[event]) return emitter.on(event, listener);
  const others = emitter._events[event];
  emitter._events[event] = Array.isArray(others) ? [listener, ...others] : [listener, others];
  return emitter;
}

module.exports = { Stream, prependListener };
