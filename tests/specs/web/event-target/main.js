// EventTarget, Event, CustomEvent.
const t = new EventTarget();
const log = (name) => function (e) { console.log(name, e.type, this === t, e.target === t, e.currentTarget === t, e.eventPhase); };
const once = log('once');
t.addEventListener('x', log('first'));
t.addEventListener('x', once, { once: true });
t.addEventListener('x', once);
t.addEventListener('x', { handleEvent(e) { console.log('object', e.type, this.tag); }, tag: 'T' });
t.addEventListener('x', (e) => { e.stopImmediatePropagation(); e.preventDefault(); });
t.addEventListener('x', log('never'));
console.log(t.dispatchEvent(new Event('x', { cancelable: true })), t.dispatchEvent(new Event('x')));
const ac = new AbortController();
t.addEventListener('y', log('with signal'), { signal: ac.signal });
t.dispatchEvent(new Event('y'));
ac.abort();
console.log(t.dispatchEvent(new Event('y')));
const e = new Event('z', { bubbles: true, cancelable: true });
e.preventDefault();
console.log(e.type, e.bubbles, e.cancelable, e.composed, e.defaultPrevented, e.returnValue, e.eventPhase, e.target, typeof e.timeStamp, e.composedPath(), e.cancelBubble, e.isTrusted);
const custom = new CustomEvent('c', { detail: { a: 1 } });
t.addEventListener('c', (ev) => console.log(ev.detail, ev instanceof Event, ev === custom));
t.dispatchEvent(custom);
process.on('uncaughtException', (err) => console.log('uncaught', err.message));
t.addEventListener('err', () => { throw new Error('in a listener'); });
t.addEventListener('err', () => console.log('the next listener still runs'));
t.dispatchEvent(new Event('err'));
class Mine extends EventTarget { go() { return this.dispatchEvent(new Event('go')); } }
const m = new Mine();
m.addEventListener('go', () => console.log('subclass'));
m.go();
for (const f of [() => t.dispatchEvent({}), () => t.addEventListener('x', 5), () => new Event(), () => t.dispatchEvent(), () => t.addEventListener('x'), () => EventTarget.prototype.dispatchEvent.call({}, e)]) try { f(); } catch (err) { console.log(err.name, err.code, err.message); }
console.log(new EventTarget(), Event.NONE, Object.prototype.toString.call(custom));
