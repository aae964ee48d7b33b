'use strict';

// `cluster.Worker` (https://nodejs.org/api/cluster.html#class-worker): what both sides see of a worker. What it does
// when it is told to end differs between the two and is added by them.

const EventEmitter = require('events');

function Worker(options) {
  if (!(this instanceof Worker)) return new Worker(options);
  Reflect.apply(EventEmitter, this, []);
  options = options !== null && typeof options === 'object' ? options : {};
  this.exitedAfterDisconnect = undefined;
  this.state = options.state || 'none';
  this.id = options.id | 0;
  if (options.process) {
    this.process = options.process;
    this.process.on('error', (code, signal) => this.emit('error', code, signal));
    this.process.on('message', (message, handle) => this.emit('message', message, handle));
  }
  return undefined;
}
Object.setPrototypeOf(Worker.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Worker, EventEmitter);

Worker.prototype.kill = function(...args) {
  Reflect.apply(this.destroy, this, args);
};

Worker.prototype.send = function(...args) {
  return Reflect.apply(this.process.send, this.process, args);
};

Worker.prototype.isDead = function() {
  const { exitCode, signalCode } = this.process;
  return (exitCode !== null && exitCode !== undefined) || (signalCode !== null && signalCode !== undefined);
};

Worker.prototype.isConnected = function() {
  return this.process.connected;
};

module.exports = { Worker };
