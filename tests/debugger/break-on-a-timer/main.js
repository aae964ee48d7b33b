setTimeout(function later() { return 1; }, 2);
setImmediate(function soon() { return 2; });
