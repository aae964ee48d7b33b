// EventTarget: options of listeners, objects as listeners, stopping, dispatching again, legacy names, what an event says.
const log = (name) => (event) => console.log(name, event.type, event.eventPhase, event.defaultPrevented);
const target = new EventTarget();
const object = { handleEvent(event) { console.log('handleEvent', this === object, event.currentTarget === target); } };
target.addEventListener('a', object);
target.addEventListener('a', object);
target.addEventListener('a', object, true);
target.addEventListener('a', function () { console.log('this is the target', this === target); });
target.addEventListener('a', () => console.log('once'), { once: true });
target.addEventListener('a', (event) => { event.preventDefault(); console.log('passive', event.defaultPrevented); }, { passive: true });
console.log(target.dispatchEvent(new Event('a', { cancelable: true })), target.dispatchEvent(new Event('a')));
target.removeEventListener('a', object);
target.removeEventListener('a', object, { capture: true });
target.addEventListener('a', (event) => event.preventDefault());
console.log(target.dispatchEvent(new Event('a', { cancelable: true })));
const stops = new EventTarget();
stops.addEventListener('b', (event) => { console.log('first'); event.stopPropagation(); });
stops.addEventListener('b', (event) => { console.log('second'); event.stopImmediatePropagation(); });
stops.addEventListener('b', () => console.log('never'));
stops.dispatchEvent(new Event('b'));
const controller = new AbortController();
stops.addEventListener('c', log('removed by a signal'), { signal: controller.signal });
stops.addEventListener('c', () => { stops.addEventListener('c', log('added meanwhile'), { once: true }); });
stops.dispatchEvent(new Event('c'));
controller.abort();
stops.dispatchEvent(new Event('c'));
stops.addEventListener('c', log('never'), { signal: controller.signal });
const event = new Event('again', { bubbles: true, composed: true });
const again = new EventTarget();
again.addEventListener('again', (e) => {
  console.log(e.target === again, e.currentTarget === again, e.srcElement === again, e.composedPath().length, e.eventPhase, e.bubbles, e.composed, e.isTrusted, e.cancelBubble, e.returnValue);
  try {
    again.dispatchEvent(e);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
});
again.dispatchEvent(event);
again.dispatchEvent(event);
console.log(event.target === again, event.currentTarget, event.composedPath(), event.eventPhase, typeof event.timeStamp, event.cancelable);
const custom = new CustomEvent('custom', { detail: { x: 1 }, cancelable: true });
console.log(custom.detail, custom instanceof Event, new CustomEvent('none').detail, Object.prototype.toString.call(custom), Event.NONE, Event.AT_TARGET, event.BUBBLING_PHASE);
class Counter extends EventTarget { #n = 0; add() { this.#n++; this.dispatchEvent(new CustomEvent('added', { detail: this.#n })); } }
const counter = new Counter();
counter.addEventListener('added', ({ detail }) => console.log('count', detail));
counter.add();
counter.add();
for (const bad of [() => target.addEventListener('x', 'text'), () => target.addEventListener('x', null), () => target.dispatchEvent('x'), () => new Event(Symbol('s')), () => new Event('x', 5), () => EventTarget.prototype.addEventListener.call({}, 'x', () => {}), () => target.addEventListener('x', () => {}, { signal: 5 })]) {
  try {
    console.log(bad());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
console.log(target, new Event('shown').type, Object.keys(new Event('x')), EventTarget.prototype[Symbol.toStringTag]);
const failing = new EventTarget();
failing.addEventListener('d', () => { throw new Error('in a listener'); });
failing.addEventListener('d', () => console.log('the next listener runs'));
process.once('uncaughtException', (error) => console.log('uncaught', error.message));
console.log(failing.dispatchEvent(new Event('d')), 'and goes on');
