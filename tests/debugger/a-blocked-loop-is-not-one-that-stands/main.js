function parse(text) {
  return text.length;
}
setImmediate(function later() {
  const first = parse('a');
  const second = parse('bc');
  console.log(first, second);
});
