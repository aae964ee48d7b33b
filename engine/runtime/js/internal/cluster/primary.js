'use strict';

// `cluster` in the process that starts workers (https://nodejs.org/api/cluster.html).

const EventEmitter = require('events');
const path = require('path');
const { Worker } = require('internal/cluster/worker');
const { listen, tell } = require('internal/cluster/messages');

const SCHED_NONE = 1;
const SCHED_RR = 2;

/** What workers listen on, by address. */
const handles = new Map();
/** Emits 'disconnect' when the last worker is gone. */
const intercom = new EventEmitter();
let lastId = 0;
let isSetUp = false;
let policy;

const cluster = Object.assign(new EventEmitter(), {
  isWorker: false,
  isMaster: true,
  isPrimary: true,
  Worker,
  workers: {},
  settings: {},
  SCHED_NONE,
  SCHED_RR,
  schedulingPolicy: { none: SCHED_NONE, rr: SCHED_RR }[process.env.NODE_CLUSTER_SCHED_POLICY] ?? SCHED_RR,
});

cluster.setupPrimary = function(options) {
  const settings = {
    args: process.argv.slice(2),
    exec: process.argv[1],
    execArgv: process.execArgv,
    silent: false,
    ...cluster.settings,
    ...options,
  };
  // V8's profiles of several processes would all go to one file.
  if (settings.execArgv.some((option) => option.startsWith('--prof')) &&
    !settings.execArgv.some((option) => option.startsWith('--logfile='))) {
    settings.execArgv = [...settings.execArgv, '--logfile=v8-%p.log'];
  }
  cluster.settings = settings;
  process.nextTick(() => cluster.emit('setup', settings));
  if (isSetUp) return;
  isSetUp = true;
  // From now on it cannot be changed.
  policy = cluster.schedulingPolicy;
};
cluster.setupMaster = cluster.setupPrimary;

function startProcess(id, env) {
  const { settings } = cluster;
  return require('child_process').fork(settings.exec, settings.args, {
    cwd: settings.cwd,
    env: { ...process.env, ...env, NODE_UNIQUE_ID: `${id}` },
    serialization: settings.serialization,
    silent: settings.silent,
    windowsHide: settings.windowsHide,
    execArgv: require('internal/cluster/inspect_port').withInspectPort(settings.execArgv, settings),
    stdio: settings.stdio,
    gid: settings.gid,
    uid: settings.uid,
  });
}

/** A worker is none of ours any more. */
function removeWorker(worker) {
  delete cluster.workers[worker.id];
  if (Object.keys(cluster.workers).length === 0) intercom.emit('disconnect');
}

function removeHandles(worker) {
  for (const [key, handle] of handles) {
    if (handle.remove(worker)) handles.delete(key);
  }
}

cluster.fork = function(env) {
  cluster.setupPrimary();
  const id = ++lastId;
  const worker = new Worker({ id, process: startProcess(id, env) });
  worker.on('message', (message, handle) => cluster.emit('message', worker, message, handle));
  worker.process.once('exit', (code, signal) => {
    // What it still has to say comes before the end of the channel.
    if (!worker.isConnected()) {
      removeHandles(worker);
      removeWorker(worker);
    }
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'dead';
    worker.emit('exit', code, signal);
    cluster.emit('exit', worker, code, signal);
  });
  worker.process.once('disconnect', () => {
    removeHandles(worker);
    if (worker.isDead()) removeWorker(worker);
    worker.exitedAfterDisconnect = Boolean(worker.exitedAfterDisconnect);
    worker.state = 'disconnected';
    worker.emit('disconnect');
    cluster.emit('disconnect', worker);
  });
  worker.process.on('internalMessage', listen((message) => acts[message.act]?.(worker, message)));
  process.nextTick(() => cluster.emit('fork', worker));
  cluster.workers[worker.id] = worker;
  return worker;
};

cluster.disconnect = function(callback) {
  const workers = Object.values(cluster.workers);
  if (workers.length === 0) {
    process.nextTick(() => intercom.emit('disconnect'));
  } else {
    for (const worker of workers) {
      if (worker.isConnected()) worker.disconnect();
    }
  }
  if (typeof callback === 'function') intercom.once('disconnect', callback);
};

/** What workers say. */
const acts = {
  online(worker) {
    worker.state = 'online';
    worker.emit('online');
    cluster.emit('online', worker);
  },

  exitedAfterDisconnect(worker, message) {
    worker.exitedAfterDisconnect = true;
    tell(worker.process, { ack: message.seq });
  },

  /** A worker wants to listen. */
  queryServer(worker, message) {
    // One that ends does not begin anything.
    if (worker.exitedAfterDisconnect) return;
    const { address, port, addressType, fd, index } = message;
    const key = `${address}:${port}:${addressType}:${fd}${port === 0 ? `:${index}` : ''}`;
    let handle = handles.get(key);
    if (handle === undefined) {
      const isShared = policy !== SCHED_RR || addressType === 'udp4' || addressType === 'udp6';
      const { RoundRobinHandle } = require('internal/cluster/round_robin');
      const { SharedHandle } = require('internal/cluster/shared');
      const Handle = isShared ? SharedHandle : RoundRobinHandle;
      handle = new Handle(key, port < 0 && typeof address === 'string' ? shortest(address) : address, message);
      handles.set(key, handle);
    }
    handle.data ??= message.data;
    handle.add(worker, (errno, reply, native) => {
      const { data } = handles.get(key) ?? handle;
      // Another worker may have more luck.
      if (errno) handles.delete(key);
      tell(worker.process, { errno, key, ack: message.seq, data, ...reply }, native);
    });
  },

  listening(worker, { address, addressType, fd, port }) {
    const info = { addressType, address, port, fd };
    worker.state = 'listening';
    worker.emit('listening', info);
    cluster.emit('listening', worker, info);
  },

  /** A worker does not listen any more. */
  close(worker, { key }) {
    const handle = handles.get(key);
    if (handle?.remove(worker)) handles.delete(key);
  },
};

/** Names of Unix-domain sockets cannot be long. */
function shortest(address) {
  const relative = path.relative(process.cwd(), address);
  return relative.length < address.length ? relative : address;
}

Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  tell(this.process, { act: 'disconnect' });
  removeHandles(this);
  removeWorker(this);
  return this;
};

Worker.prototype.destroy = function(signal) {
  this.process.kill(signal || 'SIGTERM');
};

module.exports = cluster;
