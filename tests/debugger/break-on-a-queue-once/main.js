function fill(name) {
  for (let i = 0; i < 4; i++) process.nextTick(function tick() { return name; });
}
fill('first');
setTimeout(function again() {
  fill('second');
}, 1);
