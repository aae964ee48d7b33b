// Printing never fails because of what is printed.
console.log({ get boom() { throw new Error('getter'); } });
console.log(new Proxy({}, { ownKeys() { throw new Error('trap'); } }) instanceof Object);
console.log(Object.create({ get constructor() { return undefined; } }));
console.log({ then: 1, length: -1, size: 'x', name: null, message: 'm', stack: 's' });
console.log([{ toString: null, valueOf: 1, [Symbol.toPrimitive]: 2 }]);
