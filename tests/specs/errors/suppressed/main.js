// A SuppressedError, uncaught: the error and what it hides.
class Resource {
  #name;
  constructor(name) { this.#name = name; }
  [Symbol.dispose]() { throw new Error(`cannot close ${this.#name}`); }
}
function work() {
  using first = new Resource('first');
  using second = new Resource('second');
  throw new TypeError(`working with ${first !== second}`);
}
try {
  work();
} catch (error) {
  console.log(Object.getOwnPropertyNames(error), error instanceof Error, error.error.message, error.suppressed.suppressed.message);
}
throw new SuppressedError(new Error('now'), 'a text that was thrown before', 'own message');
