// What keeps the loop alive, by name.
const timer = setTimeout(() => {}, 1000);
const interval = setInterval(() => {}, 1000);
const immediate = setImmediate(() => {});
const unref = setTimeout(() => {}, 1000).unref();
const timers = () => process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap').sort();
console.log(timers());
clearTimeout(timer);
clearInterval(interval);
clearImmediate(immediate);
console.log(timers());
