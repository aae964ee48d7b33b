'use strict';

const { Session } = require('inspector');
const vm = require('vm');

const session = new Session();
session.connect();
session.on('Runtime.executionContextCreated', ({ params: { context } }) => {
  seen[context.id] = [context.auxData.isDefault, context.auxData.isDefault ? '' : context.name];
});
const seen = {};
const context = vm.createContext({ a: 100 });
session.post('Runtime.enable');
vm.createContext({});
session.post('Runtime.evaluate', { expression: 'a', throwOnSideEffect: true, contextId: 2 }, (error, { result }) => {
  console.log(error, result, context.a);
});
console.log(seen);
