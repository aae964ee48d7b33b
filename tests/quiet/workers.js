// A pool of workers.
const { Worker, isMainThread, parentPort } = require('node:worker_threads');
if (!isMainThread) {
  parentPort.on('message', (n) => {
    let sum = 0;
    for (let i = 0; i < n * 1e5; i++) sum += Math.sqrt(i);
    parentPort.postMessage({ n, sum: Math.round(sum) });
  });
} else {
  const jobs = Array.from({ length: 20 }, (_, i) => i + 1);
  class Pool {
    constructor(size) {
      this.idle = []; this.queue = []; this.workers = [];
      for (let i = 0; i < size; i++) { const w = new Worker(__filename); this.workers.push(w); this.idle.push(w); }
    }
    run(job) { return new Promise((resolve, reject) => { this.queue.push({ job, resolve, reject }); this.next(); }); }
    next() {
      while (this.idle.length && this.queue.length) {
        const worker = this.idle.pop(); const { job, resolve, reject } = this.queue.shift();
        const ok = (m) => { worker.off('error', bad); this.idle.push(worker); resolve(m); this.next(); };
        const bad = (e) => { worker.off('message', ok); reject(e); };
        worker.once('message', ok); worker.once('error', bad); worker.postMessage(job);
      }
    }
    async close() { await Promise.all(this.workers.map((w) => w.terminate())); }
  }
  (async () => {
    const pool = new Pool(4);
    const done = await Promise.all(jobs.map((j) => pool.run(j)));
    console.log(done.length);
    await pool.close();
    console.log('closed');
  })();
}
