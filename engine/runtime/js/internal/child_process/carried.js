'use strict';

// What goes along with a message to another process: servers, sockets and bare handles
// (https://nodejs.org/api/child_process.html#subprocesssendmessage-sendhandle-options-callback). Each kind says how the
// handle is taken out of the object here, and how an object is made of the handle there.

const { StreamHandle, Pipe, TCP } = require('internal/net/handle');
const { socketList } = require('internal/child_process/socket_list');

/** Sockets may go along before `dgram` was ever loaded. */
function dgram() {
  return require('dgram');
}

/** The handle for a descriptor that came; undefined when it is of no kind that could be sent. */
function handleFor(fd) {
  const kind = ops.stdio_kind(fd);
  let handle;
  if (kind === 'TCP') handle = new TCP();
  else if (kind === 'PIPE') handle = new Pipe();
  else if (kind === 'UDP') handle = new (require('internal/dgram/handle').UDP)('udp4');
  if (handle === undefined || handle.open(fd) < 0) return undefined;
  return handle;
}

function isUdp(value) {
  return value instanceof require('internal/dgram/handle').UDP;
}

/** Takes a socket's handle away from it: what happens to the connection from now on is not its business any more. */
function detach(socket) {
  const handle = socket._handle;
  handle.readStop();
  handle.onread = () => {};
  socket._handle = null;
  socket.setTimeout(0);
  if (socket.parser) require('internal/http/parser').freeParser(socket.parser, null, socket);
  socket._httpMessage?.detachSocket(socket);
}

const kinds = {
  'net.Native': {
    matches: (value) => value instanceof StreamHandle,
    take: (target, message, handle) => handle,
    make: (target, message, handle, done) => done(handle),
  },
  'dgram.Native': {
    matches: isUdp,
    take: (target, message, handle) => handle,
    make: (target, message, handle, done) => done(handle),
  },
  'net.Server': {
    matches: (value) => value instanceof require('net').Server,
    take: (target, message, server) => server._handle,
    make(target, message, handle, done) {
      const { Server } = require('net');
      const server = new Server();
      server.listen(handle, () => done(server));
    },
  },
  'net.Socket': {
    matches: (value) => value instanceof require('net').Socket,
    take(target, message, socket, { keepOpen }) {
      const handle = socket._handle;
      if (!handle) return undefined;
      const { _server: server } = socket;
      if (server) {
        // The server asks the other process how many of its connections live there.
        message.key = server._connectionKey;
        const { list, isNew } = socketList(target, 'sent', message.key);
        if (isNew) server._setUpWorker(list);
        if (!keepOpen) server._connections--;
      }
      if (!keepOpen) {
        socket._server = null;
        detach(socket);
      }
      return handle;
    },
    /** It is there: here nobody needs it any more. */
    after(handle, { keepOpen }) {
      if (!keepOpen) handle.close();
    },
    make(target, message, handle, done) {
      const { Socket } = require('net');
      const socket = new Socket({ handle, readable: true, writable: true });
      if (message.key) socketList(target, 'got', message.key).list.add(socket);
      done(socket);
    },
  },
  'dgram.Socket': {
    matches: (value) => value instanceof dgram().Socket,
    take(target, message, socket) {
      message.dgramType = socket.type;
      return socket._handleOrNull() ?? undefined;
    },
    make(target, message, handle, done) {
      const socket = new (dgram().Socket)(message.dgramType);
      socket.bind(handle, () => done(socket));
    },
  },
};

/** The name of the kind of `value`; undefined when it cannot be sent. */
function kindOf(value) {
  return Object.keys(kinds).find((name) => kinds[name].matches(value));
}

module.exports = { handleFor, kindOf, kinds };
