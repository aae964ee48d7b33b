// One port, three processes: the primary accepts connections and deals them to its workers like cards.
//
// Watch how connections arrive here and leave at once, each with a message to a worker, and how a worker that dies is
// missed by nobody: the next connections go to the others until a new one has taken its place.

const cluster = require('cluster');
const http = require('http');

const WORKERS = 3;
const REQUESTS = 9;

if (cluster.isWorker) work();
else lead();

/** What every worker does: it serves, slowly enough that the work is worth sharing. */
function work() {
  let served = 0;
  const server = http.createServer((request, response) => {
    if (request.url === '/crash') {
      // The process ends here, with the answer on the lips.
      process.exit(3);
    }
    const until = performance.now() + 15;
    while (performance.now() < until);
    served++;
    response.end(`worker ${cluster.worker.id}, its ${served}. request`);
  });
  server.listen(0, '127.0.0.1');
}

/** What the primary does: it starts workers, and a new one for each that is lost. */
async function lead() {
  cluster.on('online', (worker) => console.log(`+ worker ${worker.id} is there`));
  cluster.on('exit', (worker, code) => {
    if (worker.exitedAfterDisconnect) {
      console.log(`- worker ${worker.id} has ended`);
    } else {
      console.log(`! worker ${worker.id} died with code ${code}; another one takes its place`);
      cluster.fork();
    }
  });

  const port = await listening(WORKERS);
  console.log('\nnine requests at once:');
  await many(port);

  console.log('\none too many:');
  console.log(' ', await ask(port, '/crash'));
  await listening(0);
  console.log('\nnine more:');
  await many(port);

  console.log('\neverybody goes home:');
  cluster.disconnect(() => console.log('no worker is left, and nobody listens any more'));
}

/** Starts `count` workers; resolves with the port when one more, or all of them, listen. */
function listening(count) {
  return new Promise((resolve) => {
    let left = Math.max(count, 1);
    cluster.on('listening', function heard(worker, address) {
      if (--left > 0) return;
      cluster.off('listening', heard);
      resolve(address.port);
    });
    for (let index = 0; index < count; index++) cluster.fork();
  });
}

async function many(port) {
  const answers = await Promise.all(Array.from({ length: REQUESTS }, () => ask(port, '/')));
  for (const answer of answers.sort()) console.log(' ', answer);
}

/** One request over a connection of its own. */
function ask(port, path) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      }).on('end', () => resolve(text));
    });
    request.on('error', (error) => resolve(`no answer: ${error.code}`));
  });
}
