// The five variables of a CommonJS module, and that they can be shadowed and changed.
console.log(__filename, __dirname, typeof exports, typeof require, typeof module);
{
  const require = 'shadowed';
  console.log(require);
}
var global2 = (function () {
  return this;
})();
console.log(global2 === globalThis, typeof leaked);
leaked = 'a global';
console.log(globalThis.leaked, new.target, (() => this === exports)());
return;
console.log('never');
