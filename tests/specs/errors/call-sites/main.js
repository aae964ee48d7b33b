// Everything that a call site of Error.prepareStackTrace can say.
Error.prepareStackTrace = (error, sites) => sites;
const describe = (site) => ({
  text: String(site).replaceAll(__dirname, '.'),
  fn: site.getFunctionName(), method: site.getMethodName(), type: site.getTypeName(),
  at: [site.getLineNumber(), site.getColumnNumber()],
  flags: ['isToplevel', 'isConstructor', 'isNative', 'isEval', 'isAsync', 'isPromiseAll'].filter((name) => site[name]()).join(),
});
const first = () => describe(new Error().stack[1]);
class Shape {
  constructor() { this.made = first(); }
  method() { return first(); }
  static make() { return first(); }
  get area() { return first(); }
  #secret() { return first(); }
  secret() { return this.#secret(); }
  async later() { await null; return describe(new Error().stack[0]); }
  *steps() { yield first(); }
  [Symbol.iterator]() { return first(); }
}
const shape = new Shape();
console.log(shape.made, shape.method(), Shape.make(), shape.area, shape.secret(), shape.steps().next().value, shape[Symbol.iterator]());
console.log(first(), (() => first())(), (function named() { return first(); })(), new (function Old() { this.made = first(); })().made);
const renamed = { original() { return first(); } };
renamed.alias = renamed.original;
renamed['with space'] = function () { return first(); };
console.log(renamed.alias(), renamed['with space'](), [1].map(first)[0], first.call(5), first.bind(null)());
const evaluated = eval('(function inEval() { return first(); })()');
console.log(evaluated.flags, evaluated.fn, new Function('first', 'return first()')(first).flags);
const site = eval('new Error().stack')[0];
console.log(site.isEval(), site.getEvalOrigin().replaceAll(__dirname, '.'), site.getFileName(), site.getScriptNameOrSourceURL() === undefined);
console.log(new Error().stack[0].getFileName() === __filename, new Error().stack[0].getThis(), new Error().stack[0].getFunction());
(async () => {
  console.log(await shape.later());
  async function inner() { await null; return new Error().stack; }
  async function outer() { return await inner(); }
  const own = (sites) => sites.filter((s) => !String(s.getFileName()).startsWith('node:'));
  console.log(own(await outer()).map((s) => `${s}`.replaceAll(__dirname, '.')));
  const [stack] = await Promise.all([inner()]);
  console.log(own(stack).map((s) => [s.isPromiseAll(), s.getPromiseIndex(), s.isAsync()]));
})();
