'use strict';

// Events of the protocol that programs make themselves (https://nodejs.org/api/inspector.html#integration-with-devtools):
// `inspector.Network`, `inspector.DOMStorage`.

const { validateObject, validateString } = require('internal/validators');

/** What the fields of a message are: a type, or the fields of an object. A name with `?` may be missing. */
const request = { url: 'string', method: 'string', headers: 'headers' };
const response = {
  url: 'string', status: 'number', statusText: 'string', headers: 'headers', 'mimeType?': 'string', 'charset?': 'string',
};
const storageId = { securityOrigin: 'string', isLocalStorage: 'boolean', storageKey: 'string' };

const network = {
  requestWillBeSent: { requestId: 'string', timestamp: 'number', wallTime: 'number', request },
  responseReceived: { requestId: 'string', timestamp: 'number', type: 'string', response },
  loadingFinished: { requestId: 'string', timestamp: 'number' },
  loadingFailed: { requestId: 'string', timestamp: 'number', type: 'string', errorText: 'string' },
  dataSent: { requestId: 'string' },
  dataReceived: { requestId: 'string', timestamp: 'number', dataLength: 'number', encodedDataLength: 'number' },
  webSocketCreated: { requestId: 'string', url: 'string' },
  webSocketClosed: { requestId: 'string', timestamp: 'number' },
  webSocketHandshakeResponseReceived: {
    requestId: 'string', timestamp: 'number', response: { status: 'number', statusText: 'string', headers: 'headers' },
  },
};

const storage = {
  domStorageItemAdded: { storageId, key: 'string', newValue: 'string' },
  domStorageItemRemoved: { storageId, key: 'string' },
  domStorageItemUpdated: { storageId, key: 'string', oldValue: 'string', newValue: 'string' },
  domStorageItemsCleared: { storageId },
  registerStorage: { isLocalStorage: 'boolean', storageMap: 'object' },
};

/** Events that are no notifications of the protocol: they tell what is answered when it is asked for. */
const silent = new Set(['dataReceived', 'dataSent', 'registerStorage']);

function isOfType(value, type) {
  return type === 'headers' || type === 'object' ? typeof value === 'object' && value !== null : typeof value === type;
}

/** The fields of `value` that the message has; throws when one that is needed is missing. */
function shaped(value, shape, before) {
  const result = {};
  for (const [name, type] of Object.entries(shape)) {
    const key = name.replace('?', '');
    const field = value[key];
    if (field === undefined && key !== name) continue;
    const isNested = typeof type === 'object';
    if (!isOfType(field, isNested ? 'object' : type)) throw new TypeError(`Missing ${before}${key} in event`);
    if (type === 'headers' && Object.values(field).some((header) => typeof header !== 'string')) {
      throw new TypeError('Invalid header value in event');
    }
    result[key] = isNested ? shaped(field, type, `${before}${key}.`) : field;
  }
  return result;
}

function initiator() {
  const frames = JSON.parse(ops.inspect_stack()).filter((frame) => frame.url !== 'node:internal/inspector/events');
  return { type: 'script', stack: { callFrames: frames } };
}

/** What is added to a message or changed in it. */
const completed = {
  requestWillBeSent(message, params) {
    message.request.hasPostData = Boolean(params.request.hasPostData);
    message.initiator = initiator();
  },
  responseReceived(message) {
    message.response.mimeType ??= '';
    message.response.charset ??= '';
  },
  webSocketCreated(message) {
    message.initiator = initiator();
  },
};

/** Bytes of a request or an answer; debuggers ask for them. */
const bodies = {
  dataSent: ({ requestId, data }) => keep('sent', requestId, data),
  dataReceived: ({ requestId, data }) => keep('received', requestId, data),
};

function keep(way, requestId, data) {
  if (!(data instanceof Uint8Array)) return;
  ops.inspect_keep(way, `${requestId}`, data);
}

function events(domain, shapes) {
  const made = {};
  for (const [name, shape] of Object.entries(shapes)) {
    made[name] = {
      [name](params) {
        validateObject(params, 'params');
        if (!ops.inspect_hears(domain)) return;
        const message = shaped(params, shape, '');
        bodies[name]?.(params);
        if (silent.has(name)) return;
        completed[name]?.(message, params);
        ops.inspect_emit(domain, JSON.stringify({ method: `${domain}.${name}`, params: message }));
      },
    }[name];
  }
  return made;
}

const NetworkResources = {
  put(url, data) {
    if (!require('internal/options').isOn('--experimental-inspector-network-resource')) {
      process.emitWarning(
        'The --experimental-inspector-network-resource option is not enabled. ' +
          'Please enable it to use the putNetworkResource function',
      );
      return;
    }
    validateString(url, 'url');
    validateString(data, 'data');
    ops.inspect_keep('resource', url, Buffer.from(data));
  },
};

module.exports = { Network: events('Network', network), NetworkResources, DOMStorage: events('DOMStorage', storage) };
