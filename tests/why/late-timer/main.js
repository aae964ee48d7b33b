// why: tick
function parse() {
  const end = Date.now() + 60;
  while (Date.now() < end);
}
setTimeout(function tick() {}, 20);
setTimeout(parse, 5);
