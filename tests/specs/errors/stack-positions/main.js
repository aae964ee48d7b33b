// How the stack names functions, methods, constructors, accessors, callbacks, eval and natives.
const where = () => new Error().stack.split('\n')[2].trim();
class Thing {
  static create() { return where(); }
  #hidden() { return where(); }
  method() { return where(); }
  get value() { return where(); }
  callHidden() { return this.#hidden(); }
  constructor() { this.made = where(); }
  static { this.block = where(); }
  field = where();
}
const thing = new Thing();
console.log([Thing.create(), thing.method(), thing.value, thing.callHidden(), thing.made, Thing.block, thing.field].join('\n'));
const object = { method() { return where(); }, arrow: () => where(), fn: function named() { return where(); }, ['comp' + 'uted']() { return where(); } };
console.log([object.method(), object.arrow(), object.fn(), object.computed()].join('\n'));
console.log([1].map(() => where())[0], '|', [1].map(function cb() { return where(); })[0]);
console.log((() => where())(), '|', (function () { return where(); })());
console.log(eval('where()'), '|', new Function('where', 'return where()')(where));
console.log(JSON.parse('[1]', function reviver() { this.w = where(); return 1; }), where.call());
const bound = object.method.bind(object);
console.log(bound(), '|', Reflect.apply(object.method, object, []), '|', `${{ toString: () => where() }}`);
(async () => { console.log(where()); await null; console.log(new Error().stack.split('\n')[1].trim()); })();
