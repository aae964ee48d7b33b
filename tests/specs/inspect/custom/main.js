// Objects that say themselves how they are inspected.
const util = require('util');
class Money {
  constructor(n) { this.n = n; }
  [util.inspect.custom](depth, options, inspect) {
    if (depth < 0) return '[Money]';
    return `Money<${inspect(this.n, options)}> depth ${depth} ${typeof options.stylize} ${inspect === util.inspect}`;
  }
}
console.log(new Money(5), { a: { b: new Money(6) } }, [new Money('x')]);
console.log({ [Symbol.for('nodejs.util.inspect.custom')]: () => ({ replaced: [1, 2] }) }, { [util.inspect.custom]: () => 42 }, { [util.inspect.custom]: 'no function', a: 1 });
console.log({ a: { [util.inspect.custom]() { return 'multi\nline'; } } }, { [util.inspect.custom]() { return this; }, self: 1 }, { inspect() { return 'old way is ignored'; } });
console.log(util.inspect(new Money(7), { customInspect: false }), util.inspect({ toJSON() { return 'unused'; }, toString() { return 'unused'; } }));
console.log({ a: { b: { c: { d: new Money(8) } } } }, util.inspect({ [util.inspect.custom](d, o) { return o.stylize('styled', 'string') + o.stylize('x', 'number'); } }, { colors: true }));
try {
  console.log({ [util.inspect.custom]() { throw new Error('from custom'); } });
} catch (error) {
  console.log(error.message);
}
