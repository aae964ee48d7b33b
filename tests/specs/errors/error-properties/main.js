// What kind of properties errors have.
const error = new Error('m', { cause: 0 });
for (const key of ['message', 'stack', 'cause', 'name']) {
  const d = Object.getOwnPropertyDescriptor(error, key);
  console.log(key, d && [d.enumerable, d.configurable, d.writable, typeof d.value]);
}
console.log(Object.keys(error), error.toString(), Error('without new') instanceof Error, Error.prototype.name);
console.log(new Error(undefined).hasOwnProperty('message'), new Error('').message === '', Error.length, AggregateError.length);
console.log(Error.isError(error), Error.isError({}), Error.isError(new DOMException('x')));
console.log(Object.prototype.toString.call(error), `${new TypeError()}`, `${new RangeError('r')}`);
