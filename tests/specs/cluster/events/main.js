'use strict';

// What is told of a worker in its life, on both sides.

const cluster = require('cluster');

if (cluster.isWorker) {
  const { worker } = cluster;
  process.on('message', (message) => {
    if (message === 'describe') {
      process.send([
        cluster.isPrimary, cluster.isMaster, cluster.isWorker, worker.id, worker.isConnected(), worker.isDead(),
        worker.exitedAfterDisconnect, worker.process === process, 'NODE_UNIQUE_ID' in process.env, process.env.COLOUR,
        process.argv.slice(2),
      ]);
    } else {
      worker.on('disconnect', () => {
        process.exitCode = worker.exitedAfterDisconnect ? 5 : 6;
      });
      worker[message]();
    }
  });
} else {
  console.log(cluster.isPrimary, cluster.isMaster, cluster.isWorker, cluster.SCHED_NONE, cluster.SCHED_RR, cluster.schedulingPolicy);
  cluster.setupPrimary({ args: ['one', 'two'] });
  run('disconnect').then(() => run('kill')).then(() => run('by the primary')).then(() => run('killed'));
}

async function run(how) {
  console.log(`== ${how}`);
  const worker = cluster.fork({ COLOUR: 'blue' });
  console.log('id', worker.id, worker.state, worker instanceof cluster.Worker, worker.exitedAfterDisconnect);
  for (const name of ['fork', 'online', 'disconnect', 'exit']) {
    cluster.once(name, (one, ...rest) => {
      // Whether the end of the process or of its channel is noticed first is luck.
      if (name !== 'disconnect') console.log('cluster', name, one === worker, ...rest);
    });
  }
  worker.once('online', () => console.log('worker online', worker.state, worker.isConnected()));
  await new Promise((resolve) => {
    worker.once('online', resolve);
  });
  const description = new Promise((resolve) => {
    worker.once('message', resolve);
  });
  worker.send('describe');
  console.log(await description);
  const ends = Promise.all(['disconnect', 'exit'].map((name) => new Promise((resolve) => {
    worker.once(name, resolve);
  })));
  if (how === 'by the primary') console.log(worker.disconnect() === worker, worker.id in cluster.workers);
  else if (how === 'killed') worker.kill();
  else worker.send(how);
  await ends;
  console.log('end', worker.exitedAfterDisconnect, worker.process.exitCode, worker.process.signalCode, worker.isDead());
}
