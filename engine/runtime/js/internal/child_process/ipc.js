'use strict';

// The channel between a process and its child: messages over a pipe, as lines of JSON or as serialized values
// (https://nodejs.org/api/child_process.html#advanced-serialization).

const { codes } = require('internal/errors');
const { EOF } = require('internal/net/handle');
const { validateObject } = require('internal/validators');

const INTERNAL = 'NODE_';
const LENGTH_BYTES = 4;

/** Messages as lines of JSON. */
const json = {
  rest: () => ({ text: '', decoder: new (require('string_decoder').StringDecoder)('utf8') }),
  write: (message) => `${JSON.stringify(message)}\n`,
  * read(rest, chunk) {
    const lines = (rest.text + rest.decoder.write(chunk)).split('\n');
    rest.text = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  },
};

/** Messages as `v8.serialize` writes them, each behind its length. */
const advanced = {
  rest: () => ({ bytes: Buffer.alloc(0) }),
  write(message) {
    const { DefaultSerializer } = require('v8');
    const serializer = new DefaultSerializer();
    serializer.writeHeader();
    serializer.writeValue(message);
    const bytes = serializer.releaseBuffer();
    const head = Buffer.alloc(LENGTH_BYTES);
    head.writeUInt32BE(bytes.length);
    return Buffer.concat([head, bytes]);
  },
  * read(rest, chunk) {
    let bytes = rest.bytes.length === 0 ? chunk : Buffer.concat([rest.bytes, chunk]);
    while (bytes.length >= LENGTH_BYTES) {
      const end = LENGTH_BYTES + bytes.readUInt32BE(0);
      if (bytes.length < end) break;
      yield require('v8').deserialize(Buffer.from(bytes.subarray(LENGTH_BYTES, end)));
      bytes = bytes.subarray(end);
    }
    rest.bytes = Buffer.from(bytes);
  },
};

/** What `process.channel` and `subprocess.channel` are. */
class Control extends require('events') {
  #pipe;
  #refs = 0;
  #refExplicitlySet = false;

  constructor(pipe) {
    super();
    this.#pipe = pipe;
  }

  get fd() {
    return this.#pipe?.fd;
  }

  /** Listeners of messages keep the process alive, unless it was said otherwise. */
  refCounted() {
    if (++this.#refs === 1 && !this.#refExplicitlySet) this.#pipe?.ref();
  }

  unrefCounted() {
    if (--this.#refs === 0 && !this.#refExplicitlySet) {
      this.#pipe?.unref();
      this.emit('unref');
    }
  }

  ref() {
    this.#refExplicitlySet = true;
    this.#pipe?.ref();
  }

  unref() {
    this.#refExplicitlySet = true;
    this.#pipe?.unref();
  }

  _forget() {
    this.#pipe = undefined;
  }
}

/** Gives `target`, a child or this process, its end of the channel. */
function setUpChannel(target, pipe, serialization) {
  const codec = serialization === 'advanced' ? advanced : json;
  const rest = codec.rest();
  const control = new Control(pipe);
  target.channel = control;
  target._channel = control;
  target.connected = true;
  let closing = false;
  let pending = 0;

  pipe.onread = (status, chunk) => {
    if (status > 0) {
      for (const message of codec.read(rest, chunk)) receive(message);
      return;
    }
    if (status !== EOF) pipe.readStop();
    closed();
  };
  function receive(message) {
    if (!target.channel && !closing) return;
    const isInternal = message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
      message.cmd.startsWith(INTERNAL);
    if (isInternal) target.emit('internalMessage', message, undefined);
    // A message may arrive before anybody listens for it.
    else process.nextTick(() => target.emit('message', message, undefined));
  }
  function closed() {
    if (!target.channel) return;
    target.channel = null;
    target._channel = null;
    target.connected = false;
    control._forget();
    pipe.close();
    process.nextTick(() => target.emit('disconnect'));
  }

  target.send = function(message, handle, options, callback) {
    if (typeof handle === 'function') {
      callback = handle;
      handle = undefined;
      options = undefined;
    } else if (typeof options === 'function') {
      callback = options;
      options = undefined;
    } else if (options !== undefined) {
      validateObject(options, 'options');
    }
    if (target.connected) return target._send(message, handle, options, callback);
    const error = new codes.ERR_IPC_CHANNEL_CLOSED();
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => target.emit('error', error));
    return false;
  };

  target._send = function(message, handle, options, callback) {
    if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
    const fits = ['string', 'number', 'boolean', 'object'].includes(typeof message);
    if (!fits) throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    if (handle) throw new codes.ERR_INVALID_HANDLE_TYPE();
    const data = codec.write(message);
    pending++;
    const done = (status) => {
      pending--;
      if (closing && pending === 0) closed();
      if (status < 0 && typeof callback !== 'function') {
        // The other side is gone; the end of the channel says so.
        return;
      }
      if (typeof callback === 'function') {
        callback(status < 0 ? new (require('internal/errors').ErrnoException)(status, 'write') : null);
      }
    };
    const status = pipe.write(data, 'utf8', done);
    if (status <= 0) process.nextTick(done, status);
    return status >= 0 && pipe.writeQueueSize < 65536 * 2;
  };

  target.disconnect = function() {
    if (!target.connected) {
      target.emit('error', new codes.ERR_IPC_DISCONNECTED());
      return;
    }
    target._disconnect();
  };

  target._disconnect = function() {
    target.connected = false;
    closing = true;
    // What was sent arrives before the end does.
    if (pending === 0) closed();
  };
  pipe.readStart();
  return control;
}

/** This process was started with a channel to its parent. */
function setUpForParent(fd, serialization) {
  const { Pipe } = require('internal/net/handle');
  const pipe = new Pipe();
  pipe.open(fd);
  pipe.unref();
  const control = setUpChannel(process, pipe, serialization);
  process.on('newListener', (event) => {
    if (event === 'message' || event === 'disconnect') control.refCounted();
  });
  process.on('removeListener', (event) => {
    if (event === 'message' || event === 'disconnect') control.unrefCounted();
  });
}

module.exports = { setUpChannel, setUpForParent };
