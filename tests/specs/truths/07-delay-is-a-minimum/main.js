// A 10 ms timer fires when the stack is free: here after 60 ms of work.
const start = Date.now();
setTimeout(() => console.log('late enough:', Date.now() - start >= 60), 10);
while (Date.now() - start < 60);
console.log('busy loop done');
