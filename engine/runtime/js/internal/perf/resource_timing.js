'use strict';

// PerformanceResourceTiming (https://w3c.github.io/resource-timing/#dom-performanceresourcetiming).

const { codes } = require('internal/errors');
const { PerformanceEntry, kSkipThrow } = require('internal/perf/entry');

const kTiming = Symbol('kTimingInfo');
const kFacts = Symbol('kFacts');

/** Octets that the headers of a response are taken for. */
const HEADERS_SIZE = 300;

const connection = (entry) => entry[kTiming].finalConnectionTimingInfo;

/** How each property is read, in the order of `toJSON`. */
const properties = {
  initiatorType: (entry) => entry[kFacts].initiatorType,
  nextHopProtocol: (entry) => connection(entry)?.ALPNNegotiatedProtocol,
  workerStart: (entry) => entry[kTiming].finalServiceWorkerStartTime,
  redirectStart: (entry) => entry[kTiming].redirectStartTime,
  redirectEnd: (entry) => entry[kTiming].redirectEndTime,
  fetchStart: (entry) => entry[kTiming].postRedirectStartTime,
  domainLookupStart: (entry) => connection(entry)?.domainLookupStartTime,
  domainLookupEnd: (entry) => connection(entry)?.domainLookupEndTime,
  connectStart: (entry) => connection(entry)?.connectionStartTime,
  connectEnd: (entry) => connection(entry)?.connectionEndTime,
  secureConnectionStart: (entry) => connection(entry)?.secureConnectionStartTime,
  requestStart: (entry) => entry[kTiming].finalNetworkRequestStartTime,
  firstInterimResponseStart: (entry) => entry[kTiming].firstInterimNetworkResponseStartTime ?? 0,
  finalResponseHeadersStart: (entry) => entry[kTiming].finalNetworkResponseStartTime ?? 0,
  responseStart: (entry) => entry[kTiming].finalNetworkResponseStartTime,
  responseEnd: (entry) => entry[kTiming].endTime,
  transferSize(entry) {
    if (entry[kFacts].cacheMode === 'local') return 0;
    if (entry[kFacts].cacheMode === 'validated') return HEADERS_SIZE;
    return entry[kTiming].encodedBodySize + HEADERS_SIZE;
  },
  encodedBodySize: (entry) => entry[kTiming].encodedBodySize,
  decodedBodySize: (entry) => entry[kTiming].decodedBodySize,
  deliveryType: (entry) => entry[kFacts].deliveryType,
  responseStatus: (entry) => entry[kFacts].responseStatus,
  renderBlockingStatus: () => 'non-blocking',
  contentType: (entry) => entry[kFacts].bodyInfo?.contentType ?? '',
  contentEncoding: (entry) => entry[kFacts].bodyInfo?.contentEncoding ?? '',
};

class PerformanceResourceTiming extends PerformanceEntry {
  constructor(skipThrow = undefined, name = undefined, timing = undefined, facts = undefined) {
    if (skipThrow !== kSkipThrow) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super(skipThrow, name, 'resource', timing.startTime, timing.endTime - timing.startTime);
    this[kTiming] = timing;
    this[kFacts] = facts;
  }

  toJSON() {
    const json = super.toJSON();
    for (const name of Object.keys(properties)) json[name] = this[name];
    return json;
  }
}

for (const [name, read] of Object.entries(properties)) {
  Object.defineProperty(PerformanceResourceTiming.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      if (this?.[kTiming] === undefined) throw new codes.ERR_INVALID_THIS('PerformanceResourceTiming');
      return read(this);
    },
  });
}
// The class has these of its own, beside those of every entry.
for (const name of ['name', 'startTime', 'duration']) {
  Object.defineProperty(PerformanceResourceTiming.prototype, name,
    Object.getOwnPropertyDescriptor(PerformanceEntry.prototype, name));
}
Object.defineProperties(PerformanceResourceTiming.prototype, {
  toJSON: { __proto__: null, enumerable: true },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'PerformanceResourceTiming' },
});

/** Records that a resource was fetched; `facts` are what Fetch knows beside times. */
function markResourceTiming(timing, url, facts) {
  if (facts.cacheMode !== '' && facts.cacheMode !== 'local') {
    throw new codes.ERR_INTERNAL_ASSERTION("cache must be an empty string or 'local'");
  }
  const entry = new PerformanceResourceTiming(kSkipThrow, url, timing, facts);
  require('internal/perf/timeline').addResource(entry);
  return entry;
}

module.exports = { PerformanceResourceTiming, markResourceTiming };
