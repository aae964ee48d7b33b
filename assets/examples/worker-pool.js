// A pool of workers: calculations on threads of their own, while the main loop goes on undisturbed.
//
// Compare with "A blocked loop": the heartbeat here never misses a beat, however long the calculations take.

const os = require('os');
const { Worker, isMainThread, parentPort } = require('worker_threads');

/** Counts the primes below `limit`, the slow way. */
function countPrimes(limit) {
  let count = 0;
  for (let n = 2; n < limit; n++) {
    let isPrime = true;
    for (let divisor = 2; divisor * divisor <= n && isPrime; divisor++) isPrime = n % divisor !== 0;
    if (isPrime) count++;
  }
  return count;
}

/** Hands jobs to whichever worker is free. */
class Pool {
  #free = [];
  #waiting = [];
  #workers;

  constructor(size) {
    this.#workers = Array.from({ length: size }, () => new Worker(__filename));
    this.#free.push(...this.#workers);
  }

  run(job) {
    return new Promise((resolve) => {
      this.#waiting.push({ job, resolve });
      this.#next();
    });
  }

  #next() {
    if (this.#waiting.length === 0 || this.#free.length === 0) return;
    const worker = this.#free.pop();
    const { job, resolve } = this.#waiting.shift();
    worker.once('message', (result) => {
      this.#free.push(worker);
      resolve(result);
      this.#next();
    });
    worker.postMessage(job);
  }

  close() {
    return Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}

async function main() {
  let beats = 0;
  const heartbeat = setInterval(() => beats++, 10);
  const pool = new Pool(Math.min(4, os.availableParallelism()));
  const limits = [60_000, 20_000, 40_000, 10_000, 50_000, 30_000];
  const counts = await Promise.all(limits.map((limit) => pool.run(limit)));
  limits.forEach((limit, index) => console.log(`${counts[index]} primes below ${limit}`));
  console.log('the heart has been beating all the time:', beats > 0);
  clearInterval(heartbeat);
  await pool.close();
}

if (isMainThread) main();
else parentPort.on('message', (limit) => parentPort.postMessage(countPrimes(limit)));
