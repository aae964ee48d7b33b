const odd = new Proxy({}, {
  get() { throw new Error('trap'); },
  ownKeys() { throw new Error('trap'); },
});
debugger;
odd;
