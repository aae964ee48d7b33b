// why: second
setTimeout(function second() {}, 8);
setTimeout(function first() {}, 7);
