// Methods on what is no URL; how the classes are built; subclasses.
const describe = (o) => Reflect.ownKeys(o).map((k) => {
  const d = Object.getOwnPropertyDescriptor(o, k);
  return [String(k), d.get ? `get ${d.get.name}` : typeof d.value, d.set?.name, d.value?.name, d.value?.length, d.enumerable, d.writable].join(' ');
});
console.log(describe(URL), describe(URL.prototype), describe(URLSearchParams), describe(URLSearchParams.prototype));
const params = new URLSearchParams('a=1');
for (const f of [() => URL.prototype.href, () => URL.prototype.toString(), () => URL.prototype.searchParams, () => URL('x'), () => new URL(Symbol()), () => URL.canParse(), () => URL.parse(), () => URL.createObjectURL(), () => URL.createObjectURL({}), () => URL.revokeObjectURL(), () => URLSearchParams(), () => URLSearchParams.prototype.size, () => params.append(), () => params.append('a'), () => params.delete(), () => params.set('a'), () => params.forEach(5), () => params.keys().next.call({}), () => URLSearchParams.prototype.entries.call(1)]) {
  try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); }
}
class Mine extends URL { get port() { return 'mine'; } }
class Params extends URLSearchParams {}
console.log(new Mine('http://a/?x=1'), new Params('b=c'), Mine.parse('http://a') instanceof Mine, Object.prototype.toString.call(params.keys()));
