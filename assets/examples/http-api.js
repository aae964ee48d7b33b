// A JSON API and the clients that use it, in one program: one thread answers them all at the same time.
//
// Watch how requests that wait (here for a "database" that takes its time) do not hold up the others: the server's
// callbacks are short, and everything in between happens in the poll phase.

const http = require('http');
const { setTimeout: sleep } = require('timers/promises');

const books = new Map([[1, { title: 'The Loop', pages: 212 }], [2, { title: 'Callbacks', pages: 97 }]]);

/** A database far away. */
async function lookUp(id) {
  await sleep(20 + 15 * id);
  return books.get(id);
}

async function body(request) {
  let text = '';
  for await (const part of request.setEncoding('utf8')) text += part;
  return JSON.parse(text);
}

function send(response, status, value) {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** What the API offers, by method and path. */
const routes = {
  'GET /books': async () => [200, [...books].map(([id, { title }]) => ({ id, title }))],
  'GET /books/:id': async ({ id }) => {
    const book = await lookUp(id);
    return book ? [200, book] : [404, { error: `there is no book ${id}` }];
  },
  'POST /books': async (_, request) => {
    const id = books.size + 1;
    books.set(id, await body(request));
    return [201, { id }];
  },
};

const server = http.createServer(async function answer(request, response) {
  const [, name, id] = request.url.split('/');
  const route = routes[`${request.method} /${name}${id === undefined ? '' : '/:id'}`];
  try {
    const [status, value] = route ? await route({ id: Number(id) }, request) : [404, { error: 'nothing here' }];
    send(response, status, value);
  } catch (error) {
    send(response, 400, { error: error.name });
  }
});

const agent = new http.Agent({ keepAlive: true, maxSockets: 3 });

/** One request of a client's. */
function ask(method, path, value) {
  return new Promise((resolve, reject) => {
    const request = http.request({ agent, port: server.address().port, host: '127.0.0.1', method, path }, async (response) => {
      let text = '';
      for await (const part of response.setEncoding('utf8')) text += part;
      resolve(`${method} ${path} → ${response.statusCode} ${text}`);
    });
    request.on('error', reject);
    request.end(value === undefined ? undefined : JSON.stringify(value));
  });
}

server.listen(0, '127.0.0.1', async function listening() {
  console.log('the API is up');
  const answers = await Promise.all([
    ask('GET', '/books/2'), ask('GET', '/books/1'), ask('GET', '/books'), ask('GET', '/books/9'), ask('GET', '/films'),
  ]);
  for (const answer of answers) console.log(answer);
  console.log(await ask('POST', '/books', { title: 'Streams', pages: 144 }));
  console.log(await ask('GET', '/books'));
  agent.destroy();
  server.close(() => console.log('the API is down'));
});
