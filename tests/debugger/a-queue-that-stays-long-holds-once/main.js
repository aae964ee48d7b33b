let ran = 0;
function fill() {
  for (let i = 0; i < 6; i++) process.nextTick(function tick() { ran++; });
}
fill();
setTimeout(fill, 1);
