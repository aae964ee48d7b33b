// AbortController and AbortSignal: reason, events, any, timeout, throwIfAborted.
const ac = new AbortController();
ac.signal.onabort = (e) => console.log('onabort', e.type, e.target === ac.signal, e.isTrusted);
ac.signal.addEventListener('abort', () => console.log('listener'), { once: true });
console.log(ac.signal.aborted, ac.signal.reason, ac.signal);
ac.abort();
ac.abort('again is ignored');
console.log(ac.signal.aborted, ac.signal.reason.name, ac.signal.reason.code, ac.signal.reason.message, ac.signal.reason instanceof DOMException);
try { ac.signal.throwIfAborted(); } catch (e) { console.log(e === ac.signal.reason); }
const own = new AbortController();
own.abort('own reason');
console.log(own.signal.reason, AbortSignal.abort().aborted, AbortSignal.abort(5).reason);
const a = new AbortController();
const any = AbortSignal.any([a.signal, new AbortController().signal]);
any.addEventListener('abort', () => console.log('any', any.reason));
a.abort('from a');
console.log(AbortSignal.any([own.signal]).aborted, AbortSignal.any([]).aborted);
const timeout = AbortSignal.timeout(5);
timeout.addEventListener('abort', () => console.log('timeout', timeout.reason.name, timeout.reason.message, timeout.reason.code));
setTimeout(() => console.log('kept alive'), 100);
for (const f of [() => new AbortSignal(), () => AbortSignal.timeout(-1), () => AbortSignal.timeout('x'), () => AbortSignal.any(5), () => AbortController()]) try { f(); } catch (e) { console.log(e.name, e.code, e.message); }
console.log(ac, Object.prototype.toString.call(ac), Object.prototype.toString.call(ac.signal));
