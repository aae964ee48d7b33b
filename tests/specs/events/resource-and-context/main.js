// EventEmitterAsyncResource, AsyncLocalStorage in listeners, and bound functions.
const { EventEmitter, EventEmitterAsyncResource } = require('events');
const { AsyncLocalStorage, AsyncResource, executionAsyncId } = require('async_hooks');
const storage = new AsyncLocalStorage();
const where = (name) => console.log(name, storage.getStore());
const plain = new EventEmitter();
let resource;
storage.run('made here', () => {
  resource = new EventEmitterAsyncResource({ name: 'Mine' });
  plain.on('x', () => where('listener of a plain emitter'));
  resource.on('x', function (value) { where(`listener of a resource ${value} ${this === resource}`); });
});
storage.run('emitted here', () => {
  plain.emit('x');
  resource.emit('x', 1);
});
plain.emit('x');
resource.emit('x', 2);
console.log(resource.asyncId > 0, resource.triggerAsyncId >= 0, resource.asyncResource.constructor.name, resource.asyncResource.eventEmitter === resource);
class Sub extends EventEmitterAsyncResource {}
console.log(new Sub().asyncResource.type ?? 'no type', resource.emitDestroy());
for (const bad of [() => EventEmitterAsyncResource(), () => new EventEmitterAsyncResource({ name: 5 }), () => Object.getOwnPropertyDescriptor(EventEmitterAsyncResource.prototype, 'asyncId').get.call({})]) {
  try {
    bad();
    console.log('no error');
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
const bound = storage.run('bound here', () => AsyncResource.bind(() => where('bound')));
const snapshot = storage.run('snapshot here', () => AsyncLocalStorage.snapshot());
bound();
snapshot(() => where('snapshot'));
storage.run('outer', () => {
  setTimeout(() => where('timer'), 20);
  process.nextTick(() => where('tick'));
  queueMicrotask(() => where('microtask'));
  Promise.resolve().then(() => where('promise'));
  setImmediate(() => where('immediate'));
  storage.exit(() => where('exit'));
  (async () => { await null; where('after await'); await new Promise((r) => setTimeout(r, 80)); where('after a timer'); })();
  storage.run('inner', () => setTimeout(() => where('inner timer'), 50));
  plain.once('later', () => where('later'));
});
storage.enterWith('entered');
where('sync after enterWith');
setTimeout(() => { plain.emit('later'); where('timer after enterWith'); storage.disable(); where('disabled'); }, 120);
console.log(typeof executionAsyncId());
