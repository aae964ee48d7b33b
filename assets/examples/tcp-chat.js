// A chat over TCP: a server that hands every line on to all others, and three people who talk.
//
// Every connection is a handle that waits in the poll phase; whoever says something makes a callback there.

const net = require('net');
const readline = require('readline');

const people = new Map();

function tell(text, from) {
  for (const [socket, name] of people) {
    if (socket !== from) socket.write(`${text}\n`);
  }
  return text;
}

const server = net.createServer(function welcome(socket) {
  const lines = readline.createInterface({ input: socket });
  lines.once('line', function introduce(name) {
    people.set(socket, name);
    tell(`* ${name} is here`, socket);
    lines.on('line', function said(text) {
      tell(`${name}: ${text}`, socket);
    });
  });
  // Whoever has said the last word cannot be told anything any more, even before the connection is closed.
  socket.on('end', leave).on('error', leave);
  function leave() {
    const name = people.get(socket);
    if (!people.delete(socket)) return;
    tell(`* ${name} has left`);
    if (people.size === 0) server.close(() => console.log('the room is empty'));
  }
});

/** Somebody who says things, each after a while, and then goes. */
function person(name, port, says) {
  const socket = net.connect(port, '127.0.0.1', function connected() {
    socket.write(`${name}\n`);
    says.forEach(([after, text]) => setTimeout(() => socket.write(`${text}\n`), after));
    setTimeout(() => socket.end(), says.at(-1)[0] + 60);
  });
  readline.createInterface({ input: socket }).on('line', (line) => console.log(`[${name} reads] ${line}`));
}

server.listen(0, '127.0.0.1', function open() {
  const { port } = server.address();
  person('Ann', port, [[40, 'hello?'], [120, 'good to see you']]);
  setTimeout(person, 20, 'Bob', port, [[60, 'hi Ann']]);
  setTimeout(person, 60, 'Cy', port, [[50, 'am I late?'], [100, 'bye']]);
});
