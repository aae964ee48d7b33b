// Timers of several durations that are all overdue fire by when they were due, lists of one duration together.
const block = (ms) => {
  const end = Date.now() + ms;
  while (Date.now() < end);
};
const log = (name) => () => console.log(name);
setTimeout(log('90, first'), 90);
setTimeout(log('20, first'), 20);
setTimeout(() => {
  console.log('50, first');
  setTimeout(log('made meanwhile'), 100);
  setImmediate(log('immediate made meanwhile'));
  process.nextTick(log('tick between timers'));
  Promise.resolve().then(log('microtask between timers'));
}, 50);
setTimeout(log('20, second'), 20);
setTimeout(log('90, second'), 90);
const cleared = setTimeout(log('never'), 80);
setTimeout(() => {
  console.log('65 clears 80');
  clearTimeout(cleared);
}, 65);
const interval = setInterval(() => {
  console.log('interval of 35, once though overdue');
  clearInterval(interval);
}, 35);
const moved = setTimeout(log('refreshed'), 40);
setTimeout(() => moved.refresh(), 20);
block(130);
console.log('all due');
