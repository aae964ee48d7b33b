// Ticks, microtasks, immediates and timers that make each other, three generations.
const order = [];
const say = (name) => order.push(name);
const kinds = {
  tick: (f) => process.nextTick(f),
  micro: (f) => queueMicrotask(f),
  promise: (f) => Promise.resolve().then(f),
  immediate: (f) => setImmediate(f),
};
const grow = (name, generation) => {
  say(name);
  if (generation === 0) return;
  for (const [kind, schedule] of Object.entries(kinds)) schedule(() => grow(`${name}>${kind}`, generation - 1));
};
for (const [kind, schedule] of Object.entries(kinds)) schedule(() => grow(kind, 2));
say('main');
process.on('exit', () => {
  console.log(order.join('\n'));
  console.log(order.length);
});
