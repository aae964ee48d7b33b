// why: soon
setTimeout(function later() {}, 0);
setImmediate(function soon() {});
