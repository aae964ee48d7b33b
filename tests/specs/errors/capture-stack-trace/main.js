// Error.captureStackTrace: on any object, from which function on, and how long.
const frames = (object) => object.stack.split('\n').filter((line) => !line.includes('node:')).map((line) => line.trim().replaceAll(__dirname, '.'));
function outer(below) { return middle(below); }
function middle(below) { return inner(below); }
function inner(below) {
  const object = { name: 'Custom', message: 'own text', toString() { return 'toString is used'; } };
  Error.captureStackTrace(object, below);
  return object;
}
console.log(frames(outer()), frames(outer(inner)), frames(outer(middle)), frames(outer(outer)), frames(outer(function notOnTheStack() {})).length);
const object = outer();
const descriptor = Object.getOwnPropertyDescriptor(object, 'stack');
console.log(descriptor.enumerable, descriptor.configurable, typeof descriptor.get, typeof descriptor.value);
object.stack = 'replaced';
console.log(object.stack, Error.captureStackTrace.length, Error.captureStackTrace({}));
class HttpError extends Error {
  constructor(status, ...rest) {
    super(...rest);
    Error.captureStackTrace(this, HttpError);
    this.status = status;
  }
  get name() { return `Http${this.status}`; }
}
function request() { throw new HttpError(404, 'gone'); }
try { request(); } catch (error) { console.log(frames(error), String(error), error.name, error.status); }
for (const limit of [0, 1, 2, -1, NaN, 1.9, '1', undefined]) {
  Error.stackTraceLimit = limit;
  const { stack } = outer();
  console.log(limit, stack === undefined ? stack : stack.split('\n').length);
}
delete Error.stackTraceLimit;
console.log('deleted', String(new Error('without').stack));
Error.stackTraceLimit = 2;
console.log(frames(new TypeError('two frames\nand two lines')).length, frames((function deep(n) { return n ? deep(n - 1) : new Error('deep'); })(50)));
for (const bad of [() => Error.captureStackTrace(), () => Error.captureStackTrace(5), () => Error.captureStackTrace(Object.freeze({}))]) {
  try { bad(); console.log('fine'); } catch (error) { console.log(error.name, error.message); }
}
const getter = Object.defineProperty(new Error('x'), 'message', { get: () => 'from a getter' });
console.log(getter.stack.split('\n')[0], String(getter));
