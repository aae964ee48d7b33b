// Timers and dates that go by a clock of the test's own.
const { mock } = require('node:test');
const promises = require('timers/promises');

const tryIt = (act) => {
  try {
    act();
    console.log('fine');
  } catch (error) {
    console.log(error.code, error.message);
  }
};
const { timers } = mock;
for (const options of [{ apis: ['X'] }, { apis: [1] }, { now: -1 }, { now: 'x' }, { apis: 1 }]) tryIt(() => timers.enable(options));
for (const name of ['tick', 'runAll', 'setTime']) tryIt(() => timers[name](1));

const realNow = Date.now();
timers.enable({ now: 1000 });
tryIt(() => timers.enable());
tryIt(() => timers.tick(-1));
const note = (word) => () => console.log(word, Date.now());
setTimeout(note('10'), 10);
setTimeout(() => { note('20')(); setTimeout(note('25'), 5); }, 20);
const every = setInterval(note('every 15'), 15);
setImmediate(note('immediate'));
clearTimeout(setTimeout(note('cleared'), 1));
console.log('begin');
timers.tick(0);
timers.tick(10);
timers.tick(30);
clearInterval(every);
timers.setTime(1042);
timers.runAll();
console.log(Date.now(), new Date().toISOString(), new Date(5).getTime(), Date.isMock, Date.length, typeof Date());
const signal = AbortSignal.timeout(100);
signal.onabort = () => console.log('aborted', signal.reason.name);
timers.tick(100);

(async () => {
  const waiting = promises.setTimeout(50, 'value');
  const controller = new AbortController();
  const stopped = promises.setTimeout(50, 'never', { signal: controller.signal });
  controller.abort();
  timers.tick(50);
  console.log(await waiting, await stopped.catch((error) => error.name));
  const list = (async () => {
    let count = 0;
    for await (const value of promises.setInterval(10, 'tick')) {
      console.log(value, ++count);
      if (count === 3) return;
    }
  })();
  timers.tick(35);
  await list;
  const wait = promises.scheduler.wait(1e6);
  timers.tick(1e6);
  await wait;
  timers.reset();
  console.log(Date.now() >= realNow, Date.isMock);
  setTimeout(() => console.log('real again'), 1);
})();
