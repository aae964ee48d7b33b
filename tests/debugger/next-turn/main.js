setImmediate(function one() { setImmediate(function two() { return 2; }); });
setImmediate(function also() { return 1; });
debugger;
