'use strict';
// Rooms, acknowledgements and a broadcast, over polling and then WebSocket.
const { createServer } = require('http');
const { Server } = require('socket.io');
const { io: connect } = require('socket.io-client');

const http = createServer();
const io = new Server(http);
const seen = [];
io.on('connection', (socket) => {
  socket.on('join', (room, done) => {
    socket.join(room);
    socket.to(room).emit('news', `${socket.handshake.auth.name} came`);
    done([...socket.rooms].length);
  });
  socket.on('sum', (numbers, done) => done(numbers.reduce((a, b) => a + b)));
});
http.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${http.address().port}`;
  const open = (name) => new Promise((resolve) => {
    const socket = connect(url, { auth: { name }, reconnection: false });
    socket.on('connect', () => resolve(socket));
  });
  const ann = await open('ann');
  ann.on('news', (text) => seen.push(text));
  console.log('rooms of ann', await ann.emitWithAck('join', 'tea'));
  const bob = await open('bob');
  console.log('rooms of bob', await bob.emitWithAck('join', 'tea'));
  console.log('sum', await bob.emitWithAck('sum', [1, 2, 39]));
  console.log('bytes', await new Promise((resolve) => {
    io.once('connection', () => {});
    bob.timeout(2000).emit('sum', [0.5, 0.25], (error, sum) => resolve([error, sum]));
  }));
  await new Promise((resolve) => ann.io.engine.transport.name === 'websocket' ? resolve() : ann.io.engine.on('upgrade', resolve));
  console.log('transport', ann.io.engine.transport.name, seen);
  ann.close();
  bob.close();
  io.close(() => console.log('closed'));
});
