import PQueue from 'p-queue';

const queue = new PQueue({ concurrency: 2 });
const order = [];
let most = 0;
const job = (name) => async () => {
  most = Math.max(most, queue.pending);
  await new Promise((resolve) => setImmediate(resolve));
  order.push(name);
  return name;
};
queue.on('idle', () => console.log('idle', most, order.join('')));
const results = await Promise.all([queue.add(job('a')), queue.add(job('b')), queue.add(job('c')), queue.add(job('d'), { priority: 1 })]);
console.log(results);
await queue.onIdle();
const late = new PQueue({ timeout: 10 });
console.log(await late.add(() => new Promise(() => {})).catch((error) => error.name));
process.exit();
