// unref'd timers do not keep the loop alive; ref() takes that back.
const a = setTimeout(() => console.log('a never'), 50_000);
console.log(a.hasRef(), a.unref() === a, a.hasRef());
const b = setTimeout(() => console.log('b fires'), 5);
b.unref();
console.log(b.hasRef());
b.ref();
console.log(b.hasRef());
const c = setInterval(() => console.log('c never'), 50_000);
c.unref();
