'use strict';

const cluster = require('cluster');

const seen = [];
cluster.on('setup', (settings) => {
  seen.push(settings === cluster.settings);
});
console.log(cluster.settings);
cluster.setupPrimary({ exec: 'other.js', args: ['--quiet'] });
cluster.setupPrimary({ silent: true });
const { exec, args, silent, execArgv } = cluster.settings;
console.log(exec, args, silent, Array.isArray(execArgv));
console.log(cluster.setupMaster === cluster.setupPrimary, Object.keys(cluster.workers));
setImmediate(() => console.log('setup', seen));
cluster.disconnect(() => console.log('nobody to wait for'));

const worker = cluster.Worker({ id: 4, state: 'online' });
console.log(worker instanceof cluster.Worker, worker.id, worker.state, worker.exitedAfterDisconnect, worker.process);
