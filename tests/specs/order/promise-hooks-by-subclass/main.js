// Subclasses of Promise: which constructor, when executors run, Symbol.species, and errors in executors.
class Traced extends Promise {
  constructor(executor) {
    console.log('construct');
    super((resolve, reject) => {
      console.log('executor runs');
      executor(resolve, reject);
    });
    console.log('constructed');
  }

  then(...args) {
    console.log('then', args.map((a) => typeof a).join());
    return super.then(...args);
  }
}
class Plain extends Promise {
  static get [Symbol.species]() {
    return Promise;
  }
}
const t = Traced.resolve(1);
console.log(t instanceof Traced, t.then(() => {}) instanceof Traced, Traced.resolve(t) === t, Promise.resolve(t) === t);
console.log(Plain.resolve(1).then(() => {}) instanceof Plain, Plain.reject(1).catch(() => {}).constructor.name);
(async () => {
  console.log('awaiting');
  await t;
  console.log('awaited');
  await Traced.all([1, t]);
  console.log('all');
  const { promise, resolve } = Traced.withResolvers();
  resolve(promise.constructor.name);
  console.log(await promise);
  try {
    await new Promise((resolve, reject) => {
      resolve('first');
      reject(new Error('ignored'));
      throw new Error('ignored too');
    });
    console.log('the first settles it');
  } catch {
    console.log('never');
  }
  await new Promise(() => { throw 'from the executor'; }).catch((e) => console.log(e));
  const self = new Promise((r) => setImmediate(() => r(self)));
  await self.catch((e) => console.log(e.name, e.message));
  const getter = Object.defineProperty({}, 'then', { get() { throw 'then getter'; } });
  await Promise.resolve(getter).catch((e) => console.log(e));
  const twice = { then(ok, no) { ok('once'); no('twice'); throw 'thrice'; } };
  console.log(await twice);
  for (const bad of [() => Promise(), () => new Promise(), () => new Promise(5), () => Promise.resolve.call(5), () => Promise.prototype.then.call({})]) {
    try { bad(); } catch (e) { console.log(e.name, e.message); }
  }
})();
