'use strict';

const EventEmitter = require('events');

const before = new EventEmitter();
console.log(EventEmitter.usingDomains, 'domain' in before, process.domain);
const domain = require('domain');
console.log(EventEmitter.usingDomains, Object.keys(domain), process.domain, domain.active, domain._stack);

const d = domain.create();
const other = new domain.Domain();
console.log(d instanceof EventEmitter, d instanceof domain.Domain, domain.create === domain.createDomain, d.members);

const emitter = new EventEmitter();
console.log(Object.getOwnPropertyDescriptor(emitter, 'domain'));
d.add(emitter);
d.add(emitter);
console.log(emitter.domain === d, d.members.length);
other.add(emitter);
console.log(emitter.domain === other, d.members.length, other.members.length);
other.remove(emitter);
console.log(emitter.domain, other.members.length);

// Not in a circle.
d.add(other);
other.add(d);
console.log(other.domain === d, d.domain, other.members.length);

console.log(d.run((...args) => {
  console.log(process.domain === d, domain._stack.length, args, new EventEmitter().domain === d, new domain.Domain().domain);
  return 'result';
}, 1, 2));
console.log(process.domain, domain._stack);

d.enter();
other.enter();
console.log(domain._stack.map((entered) => entered === d), process.domain === other);
d.exit();
console.log(domain._stack, process.domain);
d.exit();

const bound = d.bind((a, b) => [a, b, process.domain === d]);
console.log(bound(1, 2), bound.domain === d);
process.domain = d;
console.log(process.domain === d);
setTimeout(() => console.log('later', process.domain === d, domain._stack.length), 1);
process.domain = null;
setTimeout(() => console.log('even later', process.domain, domain._stack.length), 5);
