'use strict';

const inspector = require('inspector');

function attempt(what, act) {
  try {
    console.log(what, act());
  } catch (error) {
    console.log(what, error.name, error.code, error.message);
  }
}

const session = new inspector.Session();
attempt('post before connect', () => session.post('Runtime.enable'));
attempt('disconnect before connect', () => session.disconnect());
attempt('wait for nobody', () => inspector.waitForDebugger());
attempt('connect', () => session.connect());
attempt('connect again', () => session.connect());
attempt('to itself', () => new inspector.Session().connectToMainThread());
attempt('method', () => session.post(1));
attempt('params', () => session.post('Runtime.evaluate', 'x'));
attempt('callback', () => session.post('Runtime.evaluate', {}, 4));
session.post('Foo.bar', (error, result) => console.log(error.code, error.message, result));
session.post('Runtime.evaluate', {}, (error, result) => console.log(error.code, error.message, result));
process.on('warning', ({ name, message }) => console.log('warning', name, message));
session.post('Runtime.evaluate', { expression: '1' }, () => {
  throw new RangeError('in a callback');
});
session.post('Runtime.evaluate', { expression: 'new Promise(() => {})', awaitPromise: true }, (error) => {
  console.log(error.code);
});
session.disconnect();
attempt('post after disconnect', () => session.post('Runtime.enable'));
attempt('port', () => inspector.open(70000));
attempt('network', () => inspector.Network.requestWillBeSent('x'));
console.log(Reflect.ownKeys(inspector), Reflect.ownKeys(require('inspector/promises')));
console.log(require('module').builtinModules.filter((id) => id.includes('inspector')), process.features.inspector);
console.log(inspector.url(), inspector.open.length, inspector.close.length, inspector.url.length, process.debugPort);
