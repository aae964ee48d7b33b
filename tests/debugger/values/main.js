class Point { constructor(x) { this.x = x; } get double() { return this.x * 2; } }
const values = {
  text: "it's", number: -0, big: 10n, nothing: null, missing: undefined, list: [1, 'two', [3]],
  map: new Map([['k', { v: 1 }]]), set: new Set([1]), date: new Date(0), expression: /a+/g,
  made: new Point(4), make: Point, call() {}, symbol: Symbol('s'), error: new TypeError('no'),
  bytes: new Uint8Array([1, 2]), promise: Promise.resolve(7), proxy: new Proxy({}, {}),
};
debugger;
