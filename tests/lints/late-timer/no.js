setTimeout(function tick() {}, 10);
setTimeout(function work() {}, 2);
