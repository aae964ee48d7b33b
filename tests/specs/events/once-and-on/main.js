// events.once and events.on, with errors and signals.
const { EventEmitter, once, on } = require('events');
(async () => {
  const e = new EventEmitter();
  setImmediate(() => e.emit('a', 1, 2));
  console.log(await once(e, 'a'));
  setImmediate(() => e.emit('error', new Error('failed')));
  await once(e, 'a').catch((err) => console.log(err.message));
  setImmediate(() => e.emit('error', 'as an event'));
  console.log(await once(e, 'error'));
  const ac = new AbortController();
  setImmediate(() => ac.abort());
  await once(e, 'never', { signal: ac.signal }).catch((err) => console.log(err.name, err.code, err.message));
  setImmediate(() => { e.emit('n', 1); e.emit('n', 2); e.emit('end'); });
  for await (const args of on(e, 'n', { close: ['end'] })) console.log('on', args);
  console.log(e.eventNames());
  setImmediate(() => { e.emit('n', 3); e.emit('error', new Error('iteration')); });
  try { for await (const args of on(e, 'n')) console.log('on', args); } catch (err) { console.log(err.message); }
  const target = new EventTarget();
  setImmediate(() => target.dispatchEvent(new Event('t')));
  console.log((await once(target, 't'))[0].type);
})();
