// A handler attached before the microtasks are drained is in time.
const p = Promise.reject(new Error('handled'));
process.on('unhandledRejection', () => console.log('never'));
process.on('rejectionHandled', () => console.log('never'));
queueMicrotask(() => p.catch((e) => console.log(e.message)));
const q = Promise.reject(new Error('handled by a tick'));
process.nextTick(() => q.catch((e) => console.log(e.message)));
