function plan(ms, name) {
  const before = ms;
  setTimeout(function late() {
    console.log(name);
  }, ms);
  return before;
}
setImmediate(function soon() {
  plan(1, 'first');
  plan(1, 'second');
});
