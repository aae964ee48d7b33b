// Three ways to do five jobs that wait: one after the other, all at once, and two at a time.

const { setTimeout: sleep } = require('timers/promises');

const jobs = ['ant', 'bee', 'cat', 'dog', 'eel'].map((name, index) => ({ name, takes: 40 + 10 * index }));

/** Waits as if for a server; returns what it found. */
async function work({ name, takes }) {
  await sleep(takes);
  return name.toUpperCase();
}

/** Each job starts when the one before it is done: the times add up. */
async function oneAfterTheOther() {
  const results = [];
  for (const job of jobs) results.push(await work(job));
  return results;
}

/** All jobs start now: the slowest decides. */
function allAtOnce() {
  return Promise.all(jobs.map(work));
}

/** `limit` workers share one iterator; each takes the next job when it is free. */
async function someAtATime(limit) {
  const results = [];
  const next = jobs.entries();
  async function worker() {
    for (const [index, job] of next) results[index] = await work(job);
  }
  await Promise.all(Array.from({ length: limit }, worker));
  return results;
}

async function measured(name, run) {
  const start = Date.now();
  const results = await run();
  return { name, took: Date.now() - start, results: results.join(' ') };
}

async function main() {
  const runs = [
    await measured('one after the other', oneAfterTheOther),
    await measured('two at a time', () => someAtATime(2)),
    await measured('all at once', allAtOnce),
  ];
  for (const { name, results } of runs) console.log(`${name}: ${results}`);
  runs.sort((a, b) => a.took - b.took);
  console.log('from quick to slow:', runs.map((run) => run.name).join(', '));
}

main();

// Prints:
// one after the other: ANT BEE CAT DOG EEL
// two at a time: ANT BEE CAT DOG EEL
// all at once: ANT BEE CAT DOG EEL
// from quick to slow: all at once, two at a time, one after the other
