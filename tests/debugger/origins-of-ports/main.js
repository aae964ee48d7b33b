const { MessageChannel, Worker } = require('worker_threads');
function connect() {
  const { port1, port2 } = new MessageChannel();
  port2.once('message', function arrived(value) {
    debugger;
    port2.close();
    startWorker();
  });
  port1.postMessage(1);
}
function startWorker() {
  const worker = new Worker('require("worker_threads").parentPort.postMessage(2)', { eval: true });
  worker.on('message', function answered(value) {
    debugger;
  });
}
connect();
