'use strict';
// A proxy as the object of a context.
const vm = require('vm');
const seen = [];
const target = { a: 1 };
const proxy = new Proxy(target, {
  set(object, key, value) {
    seen.push(String(key));
    object[key] = value;
    return true;
  },
});
const context = vm.createContext(proxy);
console.log(vm.runInContext('a', context), vm.runInContext('b = 2; a + b', context), target, seen);
console.log(vm.runInNewContext('Object.getPrototypeOf(object) === outer', { object: {}, outer: Object.prototype }));
const inherited = vm.createContext(Object.create({ fromPrototype: 7 }));
console.log(vm.runInContext('fromPrototype', inherited), vm.runInContext('fromPrototype = 8', inherited), Object.keys(inherited));
const withSetter = vm.createContext({ set watched(value) { seen.push(value); }, get watched() { return 'got'; } });
console.log(vm.runInContext('watched = "value"; watched', withSetter), seen.at(-1));
