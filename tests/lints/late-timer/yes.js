setTimeout(function tick() {}, 10);
setTimeout(function work() {
  const end = Date.now() + 70;
  while (Date.now() < end);
}, 2);
