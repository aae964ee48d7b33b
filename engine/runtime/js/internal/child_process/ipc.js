'use strict';

// The channel between a process and its child: messages over a pipe, with them servers and sockets
// (https://nodejs.org/api/child_process.html#subprocesssendmessage-sendhandle-options-callback).

const { ErrnoException, codes } = require('internal/errors');
const { EOF } = require('internal/net/handle');
const { validateObject } = require('internal/validators');
const { Control } = require('internal/child_process/control');

const INTERNAL = 'NODE_';
const HANDLE = 'NODE_HANDLE';
const ACK = 'NODE_HANDLE_ACK';
const NACK = 'NODE_HANDLE_NACK';
/** A handle that did not arrive is sent again so often. */
const MOST_RETRANSMISSIONS = 3;
/** With more bytes waiting, `send` says that it is too much. */
const HIGH_WATER_MARK = 65536 * 2;
const SENDABLE = ['string', 'number', 'boolean', 'object'];

class Channel {
  #target;
  #pipe;
  #codec;
  #rest;
  #control;
  #closing = false;
  /** Messages that the pipe has not taken yet. */
  #pending = 0;
  /** The handle whose arrival was not acknowledged yet; what is sent meanwhile waits in #queue. */
  #unacknowledged = undefined;
  #queue = undefined;
  /** Descriptors that came, in the order of the messages that they belong to. */
  #descriptors = [];
  /** Messages that came before anybody listened. */
  #unheard = undefined;

  constructor(target, pipe, serialization) {
    this.#target = target;
    this.#pipe = pipe;
    const { advanced, json } = require('internal/child_process/codec');
    this.#codec = serialization === 'advanced' ? advanced : json;
    this.#rest = this.#codec.rest();
    this.#control = new Control(pipe);
    target.channel = this.#control;
    target._channel = this.#control;
    target.connected = true;
    pipe.ondescriptor = (fd) => this.#descriptors.push(fd);
    pipe.onread = (status, chunk) => {
      if (status > 0) {
        for (const message of this.#codec.read(this.#rest, chunk)) this.#receive(message);
        return;
      }
      if (status !== EOF) pipe.readStop();
      this.#closed();
    };
    pipe.readStart();
  }

  get control() {
    return this.#control;
  }

  #receive(message) {
    const target = this.#target;
    if (!target.channel && !this.#closing) return;
    const isInternal = message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
      message.cmd.startsWith(INTERNAL);
    if (!isInternal) this.#tell('message', message, undefined);
    else if (message.cmd === ACK) this.#acknowledged();
    else if (message.cmd === NACK) this.#refused();
    else if (message.cmd === HANDLE) this.#receiveHandle(message);
    else this.#tell('internalMessage', message, undefined);
  }

  /** Messages of ours are told at once, those of scripts in a turn of their own. */
  #tell(event, message, object) {
    const target = this.#target;
    if (event === 'internalMessage') {
      target.emit(event, message, object);
      return;
    }
    if (this.#unheard !== undefined || target.listenerCount('message') === 0) {
      // The child may still be on its way to listening.
      if (target === process) {
        this.#unheard ??= [];
        this.#unheard.push([message, object]);
        return;
      }
    }
    process.nextTick(() => target.emit(event, message, object));
  }

  /** Somebody listens for messages from now on. */
  heard() {
    if (this.#unheard === undefined) return;
    process.nextTick(() => {
      const messages = this.#unheard ?? [];
      this.#unheard = undefined;
      for (const [message, object] of messages) this.#target.emit('message', message, object);
    });
  }

  #receiveHandle(message) {
    const { handleFor, kinds } = require('internal/child_process/carried');
    const fd = this.#descriptors.shift();
    const handle = fd === undefined ? undefined : handleFor(fd);
    const kind = kinds[message.type];
    // To this answer nobody waits for an answer.
    this.#write({ cmd: handle === undefined ? NACK : ACK }, undefined, true);
    if (handle === undefined || kind === undefined) return;
    kind.make(this.#target, message, handle, (object) => {
      const { msg } = message;
      const isInternal = msg !== null && typeof msg === 'object' && typeof msg.cmd === 'string' && msg.cmd.startsWith(INTERNAL);
      this.#tell(isInternal ? 'internalMessage' : 'message', msg, object);
    });
  }

  #acknowledged() {
    const waiting = this.#unacknowledged;
    if (waiting === undefined) return;
    this.#unacknowledged = undefined;
    waiting.kind.after?.(waiting.handle, waiting.options);
    this.#sendQueued();
  }

  /** The handle did not arrive. */
  #refused() {
    const waiting = this.#unacknowledged;
    if (waiting === undefined) return;
    if (waiting.attempts < MOST_RETRANSMISSIONS) {
      waiting.attempts++;
      this.#write(waiting.message, undefined, true, waiting.handle);
      return;
    }
    this.#unacknowledged = undefined;
    process.emitWarning('Handle did not reach the receiving process correctly', 'SentHandleNotReceivedWarning');
    waiting.kind.after?.(waiting.handle, waiting.options);
    this.#sendQueued();
  }

  #sendQueued() {
    const queue = this.#queue ?? [];
    this.#queue = undefined;
    for (const { message, handle, options, callback } of queue) this.send(message, handle, options, callback);
    this.#closeIfDone();
  }

  send(message, object, options, callback) {
    if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
    if (!SENDABLE.includes(typeof message)) {
      throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    }
    options ??= {};
    if (typeof options === 'boolean') options = { swallowErrors: options };
    let kind;
    let wrapped;
    if (object) {
      const { kindOf, kinds } = require('internal/child_process/carried');
      const type = kindOf(object);
      if (type === undefined) throw new codes.ERR_INVALID_HANDLE_TYPE();
      kind = kinds[type];
      wrapped = { cmd: HANDLE, type, msg: message };
    }
    if (this.#unacknowledged !== undefined) {
      this.#queue ??= [];
      this.#queue.push({ message, handle: object, options, callback });
      return this.#queue.length === 1;
    }
    const handle = kind?.take(this.#target, wrapped, object, options);
    // What has lost its handle, or was sent before, is not there to be sent; the message is.
    const status = handle ? this.#write(wrapped, callback, options.swallowErrors, handle) :
      this.#write(message, callback, options.swallowErrors);
    if (handle) {
      if (status >= 0) this.#unacknowledged = { kind, handle, options, message: wrapped, attempts: 0 };
      else kind.after?.(handle, options);
    }
    return status >= 0 && (this.#pipe?.writeQueueSize ?? 0) < HIGH_WATER_MARK;
  }

  #write(message, callback, swallowErrors, handle) {
    const data = this.#codec.write(message);
    this.#pending++;
    const done = (status) => {
      this.#pending--;
      if (typeof callback === 'function') callback(status < 0 ? new ErrnoException(status, 'write') : null);
      this.#closeIfDone();
    };
    const status = handle === undefined ? this.#pipe.write(data, 'buffer', done) : this.#pipe.writeWith(data, handle, done);
    if (status === 0) {
      process.nextTick(done, 0);
    } else if (status < 0) {
      this.#pending--;
      if (!swallowErrors) this.#failed(new ErrnoException(status, 'write'), callback);
    }
    return status;
  }

  #failed(error, callback) {
    if (typeof callback === 'function') process.nextTick(callback, error);
    else process.nextTick(() => this.#target.emit('error', error));
  }

  /** What was sent arrives before the end does. */
  #closeIfDone() {
    if (this.#closing && this.#pending === 0 && this.#unacknowledged === undefined) this.#closed();
  }

  disconnect() {
    this.#target.connected = false;
    this.#closing = true;
    this.#closeIfDone();
  }

  #closed() {
    const target = this.#target;
    if (!target.channel) return;
    target.channel = null;
    target._channel = null;
    target.connected = false;
    this.#control._forget();
    this.#pipe.close();
    const waiting = this.#unacknowledged;
    this.#unacknowledged = undefined;
    if (waiting !== undefined) waiting.kind.after?.(waiting.handle, waiting.options);
    for (const fd of this.#descriptors) require('internal/child_process/carried').handleFor(fd)?.close();
    this.#descriptors = [];
    process.nextTick(() => target.emit('disconnect'));
  }
}

/** Gives `target`, a child or this process, its end of the channel. */
function setUpChannel(target, pipe, serialization) {
  const channel = new Channel(target, pipe, serialization);

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
    return channel.send(message, handle, options, callback);
  };

  target.disconnect = function() {
    if (!target.connected) {
      target.emit('error', new codes.ERR_IPC_DISCONNECTED());
      return;
    }
    target._disconnect();
  };

  target._disconnect = function() {
    channel.disconnect();
  };
  return channel;
}

/** This process was started with a channel to its parent. */
function setUpForParent(fd, serialization) {
  const { Pipe } = require('internal/net/handle');
  const pipe = new Pipe();
  pipe.open(fd);
  pipe.unref();
  const channel = setUpChannel(process, pipe, serialization);
  const { control } = channel;
  process.on('newListener', (event) => {
    if (event === 'message' || event === 'disconnect') control.refCounted();
    if (event === 'message') channel.heard();
  });
  process.on('removeListener', (event) => {
    if (event === 'message' || event === 'disconnect') control.unrefCounted();
  });
}

module.exports = { setUpChannel, setUpForParent };
