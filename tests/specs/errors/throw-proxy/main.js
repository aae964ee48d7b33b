// A proxy of an error, uncaught.
const error = Object.defineProperty(new RangeError('behind a proxy'), 'stack', { value: 'RangeError: behind a proxy\n    at here' });
const seen = [];
const proxy = new Proxy(error, {
  get(target, key, receiver) {
    seen.push(key);
    return Reflect.get(target, key, receiver);
  },
});
console.log(proxy instanceof RangeError, proxy.message, String(proxy), Error.isError(proxy));
process.on('exit', (code) => console.log(code, seen.includes('stack')));
throw proxy;
