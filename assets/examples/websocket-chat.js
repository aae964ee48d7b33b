// A chat over WebSockets: rooms, a server made of nothing but node:http, and four people who talk.
//
// A browser's WebSocket begins as an HTTP request with `Upgrade: websocket`. Whoever answers 101 keeps the connection
// and from then on both sides send frames (RFC 6455). Every frame that comes makes a callback in the poll phase.

const http = require('http');
const { createHash } = require('crypto');
const { setTimeout: pause } = require('timers/promises');

const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

/** A frame from the server: 2 to 4 bytes of head, then what is sent. Texts of 64 KB and more are not for a chat. */
function frame(kind, data) {
  const body = Buffer.from(data);
  const head = body.length < 126 ? Buffer.from([0x80 | kind, body.length]) :
    Buffer.from([0x80 | kind, 126, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, body]);
}

/** One end of a connection on the server: takes bytes as they come, and calls back with whole messages. */
class Connection {
  #socket;
  #bytes = Buffer.alloc(0);

  constructor(socket, { onText, onClose }) {
    this.#socket = socket;
    this.onText = onText;
    socket.on('data', (chunk) => this.#take(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', onClose);
  }

  send(message) {
    this.#socket.write(frame(TEXT, JSON.stringify(message)));
  }

  close() {
    this.#socket.end(frame(CLOSE, [0x03, 0xe8]));
  }

  /** A chunk may hold half a frame, or three. */
  #take(chunk) {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    while (this.#bytes.length >= 2) {
      const kind = this.#bytes[0] & 0x0f;
      let length = this.#bytes[1] & 0x7f;
      let at = 2;
      if (length === 126) {
        if (this.#bytes.length < 4) return;
        length = this.#bytes.readUInt16BE(2);
        at = 4;
      } else if (length === 127) {
        this.close();
        return;
      }
      if (this.#bytes.length < at + 4 + length) return;
      // Clients mask what they send, so that nothing on the way takes it for something else.
      const mask = this.#bytes.subarray(at, at + 4);
      const body = this.#bytes.subarray(at + 4, at + 4 + length).map((byte, index) => byte ^ mask[index % 4]);
      this.#bytes = this.#bytes.subarray(at + 4 + length);
      if (kind === TEXT) this.onText(Buffer.from(body).toString());
      else if (kind === PING) this.#socket.write(frame(PONG, body));
      else if (kind === CLOSE) this.close();
    }
  }
}

// The chat itself: who is in which room.

const rooms = new Map();
let visitors = 0;

function broadcast(room, message, except) {
  for (const [connection] of rooms.get(room) ?? []) {
    if (connection !== except) connection.send(message);
  }
}

function enter(connection, room, name) {
  if (!rooms.has(room)) rooms.set(room, new Map());
  rooms.get(room).set(connection, name);
  broadcast(room, { kind: 'joined', name }, connection);
  connection.send({ kind: 'welcome', room, here: [...rooms.get(room).values()] });
}

function leave(connection, room) {
  const people = rooms.get(room);
  const name = people.get(connection);
  people.delete(connection);
  broadcast(room, { kind: 'left', name });
  if (people.size === 0) rooms.delete(room);
}

const server = http.createServer(function ordinaryRequest(request, response) {
  response.writeHead(426, { Upgrade: 'websocket' });
  response.end('Please speak WebSocket.\n');
});

server.on('upgrade', function welcome(request, socket) {
  const { pathname, searchParams } = new URL(request.url, 'http://chat');
  const room = pathname.slice(1);
  const name = searchParams.get('name');
  // The answer to the key shows that this server knows the protocol and did not just echo the request.
  const accept = createHash('sha1')
    .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
    .digest('base64');
  socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
    `Sec-WebSocket-Accept: ${accept}\r\n\r\n`);
  visitors++;
  const connection = new Connection(socket, {
    onText: function said(text) {
      broadcast(room, { kind: 'said', name, text }, connection);
    },
    onClose: function gone() {
      leave(connection, room);
      if (--visitors === 0) server.close(() => console.log('the last one has left, the server closes'));
    },
  });
  enter(connection, room, name);
});

// The people: each waits a while, says something, and goes in the end.

function show(room, name, message) {
  const words = {
    welcome: () => `you are in #${room} with ${message.here.filter((other) => other !== name).join(', ') || 'nobody yet'}`,
    joined: () => `* ${message.name} comes in`,
    left: () => `* ${message.name} goes`,
    said: () => `${message.name}: ${message.text}`,
  };
  console.log(`#${room} ${name.padEnd(3)} | ${words[message.kind]()}`);
}

async function person(port, room, name, says) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/${room}?name=${name}`);
  socket.onmessage = function heard({ data }) {
    show(room, name, JSON.parse(data));
  };
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error(`${name} cannot connect`));
  });
  for (const [after, text] of says) {
    await pause(after);
    socket.send(text);
  }
  await pause(80);
  socket.close();
}

server.listen(0, '127.0.0.1', async function open() {
  const { port } = server.address();
  const refused = await fetch(`http://127.0.0.1:${port}/`);
  console.log(`an ordinary request gets ${refused.status}: ${(await refused.text()).trim()}`);
  person(port, 'tea', 'Ann', [[60, 'is anybody here?'], [100, 'the kettle is on']]);
  await pause(30);
  person(port, 'tea', 'Bob', [[60, 'yes, and thirsty']]);
  person(port, 'rust', 'Cy', [[70, 'does it compile?']]);
  await pause(30);
  person(port, 'rust', 'Dee', [[90, 'at the first try 🎉']]);
});
