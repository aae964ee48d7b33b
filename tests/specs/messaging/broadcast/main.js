'use strict';
// Channels of one name hear each other.
const [a, b, other] = ['one', 'one', 'two'].map((name) => new BroadcastChannel(name));
let left = 2;
b.onmessage = (event) => {
  console.log('b', event.data, event.constructor.name, event.target === b);
  if (--left === 0) for (const channel of [a, b, other]) channel.close();
};
a.onmessage = () => console.log('not itself');
other.onmessage = () => console.log('not the other name');
a.postMessage([1, new Set(['x'])]);
a.postMessage('again');
console.log(a.name, b);
for (const act of [() => new BroadcastChannel(), () => a.postMessage(), () => a.postMessage(() => {}),
  () => BroadcastChannel.prototype.close.call({})]) {
  try {
    act();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
process.on('exit', () => {
  try {
    a.postMessage(1);
  } catch (error) {
    console.log(error.name, error.message, a);
  }
});
