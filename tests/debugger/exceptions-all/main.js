function risky() {
  throw new RangeError('far');
}
try { risky(); } catch {}
console.log('on');
