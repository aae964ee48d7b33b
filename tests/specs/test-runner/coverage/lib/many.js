function five(x) {
  const inner = () => x;

  return x > 3 ? inner() : 0;
}
const anonymous = function () {
  return 1;
};
exports.arrow = (a, b) => {
  if (a) {
    return b.map((z) => {
      return z;
    });
  }
  // never
  return () => {
    return 5;
  };
};
exports.five = five;
class K { get g() { return 1; } set g(v) { this.v = v; } static s() {} async *gen() { yield 1; } #p() {} ['computed']() {} }
exports.K = K;
  /* node:coverage ignore next 2 */
if (process.argv.length > 100) {
  console.log(1);
}
if (process.argv.length > 100) { /* node:coverage ignore next */
  console.log(1);
}
//* node:coverage ignore next */
if (process.argv.length > 100) {
  /* node:coverage disable */
  console.log(1);
  /* node:coverage enable */
}
try { JSON.parse('{'); } catch { exports.caught = true; }
switch (process.argv.length) {
  case 1000:
    console.log('a');
    break;
  default:
    exports.d = 1;
}
