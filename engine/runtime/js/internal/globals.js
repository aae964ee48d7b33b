'use strict';

// The global names beyond JavaScript's own (https://nodejs.org/api/globals.html).

/** Classes and functions that are made when first read: name → [module, export]. Not enumerable. */
const lazyHidden = {
  AbortController: ['internal/abort', 'AbortController'],
  AbortSignal: ['internal/abort', 'AbortSignal'],
  Blob: ['buffer', 'Blob'],
  CloseEvent: ['internal/websocket/events', 'CloseEvent'],
  CompressionStream: ['internal/webstreams/compression', 'CompressionStream'],
  Crypto: ['internal/crypto/web/crypto', 'Crypto'],
  CryptoKey: ['internal/crypto/web/key', 'CryptoKey'],
  CustomEvent: ['internal/event_target', 'CustomEvent'],
  DOMException: ['internal/dom_exception', 'DOMException'],
  DecompressionStream: ['internal/webstreams/compression', 'DecompressionStream'],
  ErrorEvent: ['internal/websocket/events', 'ErrorEvent'],
  Event: ['internal/event_target', 'Event'],
  EventTarget: ['internal/event_target', 'EventTarget'],
  File: ['buffer', 'File'],
  BroadcastChannel: ['internal/messaging/broadcast', 'BroadcastChannel'],
  MessageChannel: ['internal/messaging/port', 'MessageChannel'],
  MessageEvent: ['internal/messaging/event', 'MessageEvent'],
  MessagePort: ['internal/messaging/port', 'MessagePort'],
  Storage: ['internal/web_storage/storage', 'Storage'],
  QuotaExceededError: ['internal/dom_exception', 'QuotaExceededError'],
  FormData: ['internal/fetch/form_data', 'FormData'],
  Headers: ['internal/fetch/headers', 'Headers'],
  Navigator: ['internal/navigator/navigator', 'Navigator'],
  Performance: ['perf_hooks', 'Performance'],
  PerformanceEntry: ['perf_hooks', 'PerformanceEntry'],
  PerformanceMark: ['perf_hooks', 'PerformanceMark'],
  PerformanceMeasure: ['perf_hooks', 'PerformanceMeasure'],
  PerformanceObserver: ['perf_hooks', 'PerformanceObserver'],
  PerformanceObserverEntryList: ['perf_hooks', 'PerformanceObserverEntryList'],
  PerformanceResourceTiming: ['perf_hooks', 'PerformanceResourceTiming'],
  ByteLengthQueuingStrategy: ['internal/webstreams/strategies', 'ByteLengthQueuingStrategy'],
  CountQueuingStrategy: ['internal/webstreams/strategies', 'CountQueuingStrategy'],
  ReadableByteStreamController: ['internal/webstreams/byte_controller', 'ReadableByteStreamController'],
  ReadableStream: ['internal/webstreams/readable', 'ReadableStream'],
  ReadableStreamBYOBReader: ['internal/webstreams/readers', 'ReadableStreamBYOBReader'],
  ReadableStreamBYOBRequest: ['internal/webstreams/byte_controller', 'ReadableStreamBYOBRequest'],
  ReadableStreamDefaultController: ['internal/webstreams/readable_controller', 'ReadableStreamDefaultController'],
  ReadableStreamDefaultReader: ['internal/webstreams/readers', 'ReadableStreamDefaultReader'],
  TextDecoderStream: ['internal/webstreams/encoding', 'TextDecoderStream'],
  TextEncoderStream: ['internal/webstreams/encoding', 'TextEncoderStream'],
  TransformStream: ['internal/webstreams/transform', 'TransformStream'],
  TransformStreamDefaultController: ['internal/webstreams/transform', 'TransformStreamDefaultController'],
  WritableStream: ['internal/webstreams/writable', 'WritableStream'],
  WritableStreamDefaultController: ['internal/webstreams/writable', 'WritableStreamDefaultController'],
  WritableStreamDefaultWriter: ['internal/webstreams/writable', 'WritableStreamDefaultWriter'],
  Request: ['internal/fetch/request', 'Request'],
  Response: ['internal/fetch/response', 'Response'],
  SubtleCrypto: ['internal/crypto/web/subtle', 'SubtleCrypto'],
  TextDecoder: ['internal/encoding', 'TextDecoder'],
  TextEncoder: ['internal/encoding', 'TextEncoder'],
  URL: ['internal/url', 'URL'],
  URLPattern: ['internal/url_pattern', 'URLPattern'],
  URLSearchParams: ['internal/url', 'URLSearchParams'],
  WebSocket: ['internal/websocket/websocket', 'WebSocket'],
  console: ['console', null],
};

/** The same, but enumerable. */
const lazyVisible = {
  structuredClone: ['internal/structured_clone', 'structuredClone'],
  fetch: ['internal/fetch/fetch', 'fetch'],
  atob: ['buffer', 'atob'],
  btoa: ['buffer', 'btoa'],
};

function defineLazy(target, name, [id, exported], enumerable) {
  ops.util_lazy_property(target, name, () => (exported === null ? require(id) : require(id)[exported]), enumerable);
}

let v8Console;

/** The console that V8 makes for debuggers; the global one takes its place. */
function engineConsole() {
  return v8Console;
}

/** Puts every global in place. */
function setUp(target) {
  v8Console = target.console;
  const timers = require('timers');
  const { queueMicrotask } = require('internal/ticks');
  const visible = {
    global: target,
    clearImmediate: timers.clearImmediate,
    setImmediate: timers.setImmediate,
    clearInterval: timers.clearInterval,
    clearTimeout: timers.clearTimeout,
    setInterval: timers.setInterval,
    setTimeout: timers.setTimeout,
    queueMicrotask,
  };
  for (const [name, value] of Object.entries(visible)) {
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true });
  }
  for (const [name, from] of Object.entries(lazyVisible)) {
    if (ops.builtin_exists(from[0])) defineLazy(target, name, from, true);
  }
  for (const [name, from] of Object.entries(lazyHidden)) {
    if (ops.builtin_exists(from[0])) defineLazy(target, name, from, false);
  }
  if (require('internal/options').isOn('--experimental-eventsource')) {
    defineLazy(target, 'EventSource', ['internal/eventsource/eventsource', 'EventSource'], false);
  }
  // Web IDL's attributes.
  const attributes = {
    get crypto() {
      return require('internal/crypto/web/crypto').webcrypto;
    },
    get navigator() {
      return require('internal/navigator/navigator').navigator;
    },
    get performance() {
      return require('perf_hooks').performance;
    },
    set performance(value) {
      Object.defineProperty(target, 'performance', { value, configurable: true, enumerable: true, writable: true });
    },
  };
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(attributes))) {
    Object.defineProperty(target, name, { ...descriptor, configurable: true, enumerable: true });
  }
  // Both are read when they are used.
  const streaming = {
    compileStreaming: function compileStreaming(_source) {
      return require('internal/wasm_streaming').compileStreaming(...arguments);
    },
    instantiateStreaming: function instantiateStreaming(_source) {
      return require('internal/wasm_streaming').instantiateStreaming(...arguments);
    },
  };
  for (const [name, value] of Object.entries(streaming)) {
    Object.defineProperty(target.WebAssembly, name, { value, configurable: true, enumerable: true, writable: true });
  }
  const stores = {
    get localStorage() {
      return require('internal/web_storage/storage').localStorage();
    },
    set localStorage(value) {
      Object.defineProperty(target, 'localStorage', { value, configurable: true, enumerable: true, writable: true });
    },
    get sessionStorage() {
      return require('internal/web_storage/storage').sessionStorage();
    },
    set sessionStorage(value) {
      Object.defineProperty(target, 'sessionStorage', { value, configurable: true, enumerable: true, writable: true });
    },
  };
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(stores))) {
    Object.defineProperty(target, name, { ...descriptor, enumerable: name === 'sessionStorage' });
  }
  // These two stay accessors, as Node has them.
  const current = { process };
  const replaceable = {
    process: () => current.process,
    Buffer: () => (Object.hasOwn(current, 'Buffer') ? current.Buffer : require('buffer').Buffer),
  };
  for (const [name, get] of Object.entries(replaceable)) {
    Object.defineProperty(target, name, {
      configurable: true,
      enumerable: false,
      get,
      set: (value) => {
        current[name] = value;
      },
    });
  }
  Object.defineProperty(target, Symbol.toStringTag, { value: 'global', configurable: true });
}

module.exports = { engineConsole, setUp };
