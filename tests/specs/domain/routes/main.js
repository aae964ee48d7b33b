'use strict';

// Which domain hears of an error, and what the error says about it.

const domain = require('domain');
const EventEmitter = require('events');
const fs = require('fs');

function tell(name) {
  return (error) => {
    console.log(name, error.message, error.domain?.name, error.domainThrown, error.domainBound?.name,
      error.domainEmitter?.constructor.name, process.domain?.name);
  };
}

function make(name, handler = tell(name)) {
  const made = domain.create();
  made.name = name;
  if (handler) made.on('error', handler);
  return made;
}

const outer = make('outer');
const inner = make('inner');
const silent = make('silent', null);
const broken = make('broken', (error) => {
  throw new Error(`again, after ${error.message}`);
});

process.on('uncaughtExceptionMonitor', (error, origin) => console.log('monitor', error.message, origin));
process.on('uncaughtException', (error) => console.log('uncaught', error.message, process.domain));

const steps = [
  () => inner.run(() => {
    throw new Error('thrown');
  }),
  () => inner.run(() => setTimeout(() => fs.stat('nowhere', () => {
    throw new Error('in a callback');
  }), 1)),
  () => inner.run(() => Promise.resolve().then(() => process.nextTick(() => {
    throw new Error('after a promise');
  }))),
  () => inner.run(() => {
    Promise.reject(new Error('rejected'));
  }),
  () => outer.run(() => silent.run(() => {
    throw new Error('nobody in the inner one');
  })),
  () => outer.run(() => broken.run(() => {
    throw new Error('the inner one fails');
  })),
  () => silent.run(() => {
    throw new Error('nobody at all');
  }),
  () => inner.bind(function work() {
    throw new Error('bound');
  })(),
  () => inner.intercept(function callback(value) {
    console.log('intercepted', value, process.domain.name);
  })(null, 42),
  () => inner.intercept(function callback() {})(new Error('given')),
  () => inner.run(() => {
    const emitter = new EventEmitter();
    setTimeout(() => emitter.emit('error', new Error('emitted')), 1);
  }),
  () => outer.run(() => inner.run(() => {
    const emitter = new EventEmitter();
    emitter.on('event', () => console.log('listener in', process.domain.name));
    inner.exit();
    emitter.emit('event');
    console.log('emitting in', process.domain.name);
  })),
  () => inner.run(() => {
    throw 7;
  }),
];

inner.on('error', (error) => {
  if (error === 7) console.log('a number', error);
});

(function next() {
  const step = steps.shift();
  if (step === undefined) return;
  setTimeout(() => next(), 20);
  step();
})();
