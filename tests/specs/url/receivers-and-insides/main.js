'use strict';

// Accessors of URL on other objects, what hidden properties show, patterns from objects whose getters throw, control
// characters around a text.

const { inspect } = require('util');

for (const name of ['href', 'protocol', 'search', 'origin', 'searchParams', 'hash', 'toString', 'toJSON']) {
  const { get, set, value } = Object.getOwnPropertyDescriptor(URL.prototype, name);
  for (const method of [get ?? value, set]) {
    try {
      method?.call({}, 'x');
    } catch (error) {
      console.log(name, error.name, error.message.replace(/#\w+/, '#field'));
    }
  }
}
for (const text of ['http://u:p@h:8080/p?q#h', 'http://u@h', 'http://a', 'data:x', 'file:///a b', 'wss://h/?#']) {
  console.log(inspect(new URL(text), { showHidden: true }));
}
for (const args of [[{ get protocol() { throw new Error('boom'); } }], [{}, { get ignoreCase() { throw new Error('bang'); } }]]) {
  try {
    new URLPattern(...args);
  } catch (error) {
    console.log(error.message);
  }
}
process.noDeprecation = true;
console.log(require('url').parse('\b\0 http://example.com/\u001f\ufeff').href);
console.log(new File([], '', { lastModified: { [Symbol.toPrimitive]: () => 5 } }).lastModified);
try {
  new File([], '', { lastModified: 3n });
} catch (error) {
  console.log(error.name);
}
