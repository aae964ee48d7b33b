'use strict';

// What the built-in modules and `process` offer: names, kinds and numbers of parameters, as Node.js prints them. Exceptions are named below, with
// their reasons; where only a number of parameters differs, it is left out.

/** Not there (the beginning of a name), and why. */
const absent = [
  // These depend on what was loaded before.
  'constants.defaultCipherList',
  'http.globalAgent.domain',
  // Insides of TLS that were never documented.
  '_tls_',
  'builtinModules _tls_',
  // Foreign functions: native code that is called without any check.
  'node:ffi',
  'builtinModules node:ffi',
  // Tracing by categories: recordings tell more.
  'trace_events',
  'builtinModules trace_events',
  // Native addons.
  'process.dlopen',
  'process.versions.napi',
  // The libraries that Node.js is built with; this runtime is built with others, and says so itself.
  'process.versions.a',
  'process.versions.brotli',
  'process.versions.cldr',
  'process.versions.icu',
  'process.versions.lib',
  'process.versions.lief',
  'process.versions.llhttp',
  'process.versions.merve',
  'process.versions.nb',
  'process.versions.nc',
  'process.versions.ng',
  'process.versions.simd',
  'process.versions.tz',
  'process.versions.und',
  'process.versions.unicode',
  'process.versions.uvwasi',
  'process.versions.z',
  // How Node.js was compiled and what it has loaded.
  'process.config.',
  'process.moduleLoadList',
  'process.mainModule',
  'module.Module.prototype.require.main',
  // Changes of databases as files, and counters of statements.
  'node:sqlite.DatabaseSync.prototype.applyChangeset',
  'node:sqlite.DatabaseSync.prototype.createSession',
  'node:sqlite.Session',
  'node:sqlite.constants.SQLITE_CHANGESET',
  // Histograms over windows of time, and as bytes.
  'perf_hooks.createSlidingWindowHistogram',
  'perf_hooks.importHistogram',
  'v8.setHeapProfileNearHeapLimit',
  // Compressed certificates, which rustls decides on itself.
  'tls.getCertificateCompressionAlgorithms',
  // Own members of classes of which the members of their parents do the same.
  'https.Agent.prototype.keepSocketAlive',
  'repl.REPLServer.prototype.close',
  'crypto.ECDH.prototype.',
  // Marks for other parts of Node.js.
  'http.WebSocket.prototype.[nodejs.',
  'http.validateHeaderName.withoutStackTrace',
  'http.validateHeaderValue.withoutStackTrace',
  'stream/web.ReadableStream.prototype.[nodejs.webstream',
  'stream/web.WritableStream.prototype.[nodejs.webstream',
  'stream/web.ReadableStreamTee',
  'fs.promises.opendir.[nodejs.util',
  'crypto.constants.defaultCipherList',
  // Whether a property is made when it is first read.
  'process.features',
  'process.finalization',
  'process.allowedNodeEnvironmentFlags',
];

/** There in this runtime only: parts of how it works that Node.js keeps elsewhere. */
const own = new Set([
  'dns.lookup.[nodejs.util.promisify.custom]',
  'dns.lookupService.[nodejs.util.promisify.custom]',
  'dns.promises.lookup',
  'dns.promises.lookupService',
  'dns.promises.setServers',
  'http2.Http2ServerResponse.prototype.destroyed',
  'http2.Http2ServerResponse.prototype.req',
  'https.Server.prototype.[Symbol.asyncDispose]',
  'https.Server.prototype.[nodejs.rejection]',
  'https.Server.prototype.close',
  'inspector.console.createTask',
  'process.versions.loopscope',
  'tls.TLSSocket.prototype.encrypted',
  'tls.TLSSocket.prototype.ssl',
  'tty.ReadStream.[Symbol.hasInstance]',
  'tty.WriteStream.[Symbol.hasInstance]',
]);

/** Functions that declare another number of parameters: those of Node.js are often native and declare none. */
const otherLength = new Set([
  'crypto.timingSafeEqual', 'http.validateHeaderName', 'http.validateHeaderValue', 'http2.Http2ServerResponse',
  'node:sqlite.DatabaseSync', 'node:sqlite.DatabaseSync.prototype.aggregate',
  'node:sqlite.DatabaseSync.prototype.deserialize', 'node:sqlite.DatabaseSync.prototype.enableDefensive',
  'node:sqlite.DatabaseSync.prototype.enableLoadExtension', 'node:sqlite.DatabaseSync.prototype.exec',
  'node:sqlite.DatabaseSync.prototype.function', 'node:sqlite.DatabaseSync.prototype.loadExtension',
  'node:sqlite.DatabaseSync.prototype.prepare', 'node:sqlite.DatabaseSync.prototype.setAuthorizer',
  'node:sqlite.StatementSync', 'node:sqlite.StatementSync.prototype.setAllowBareNamedParameters',
  'node:sqlite.StatementSync.prototype.setAllowUnknownNamedParameters',
  'node:sqlite.StatementSync.prototype.setReadBigInts', 'node:sqlite.StatementSync.prototype.setReturnArrays',
  'node:sqlite.StatementSync.prototype.stat', 'node:test.describe.expectFailure', 'node:test.describe.only',
  'node:test.describe.skip', 'node:test.describe.todo', 'node:test.expectFailure', 'node:test.only', 'node:test.run',
  'node:test.skip', 'node:test.todo', 'process.reallyExit', 'repl.REPLServer.prototype.complete',
  'tls.SecureContext', 'tls.TLSSocket.prototype.getPeerX509Certificate',
  'worker_threads.MessagePort.prototype.[nodejs.util.inspect.custom]',
  'worker_threads.MessagePort.prototype.postMessage', 'worker_threads.moveMessagePortToContext',
]);

/** Classes whose parents Node.js does not show, or shows others. */
const otherParent = new Set([
  'crypto.KeyObject',
  'fs.promises.glob',
  'node:test/reporters.lcov',
  'node:test/reporters.spec',
  'tty.ReadStream',
  'tty.WriteStream',
  'zlib.BrotliCompress',
  'zlib.BrotliDecompress',
  'zlib.ZstdCompress',
  'zlib.ZstdDecompress',
]);

const { describe, say, isLeftOut, print } = require('./surface')({ absent, own, otherLength, otherParent });

for (const id of require('module').builtinModules) {
  const scheme = id.startsWith('node:') ? id : `node:${id}`;
  if (id.startsWith('_') || id === 'process' || isLeftOut(id)) continue;
  describe(id, require(scheme), 0);
}
describe('process', process, 0);
for (const id of require('module').builtinModules) say(`builtinModules ${id}`, 'is there');
print();
