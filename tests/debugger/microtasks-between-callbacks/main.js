setTimeout(function one() { Promise.resolve().then(function between() { return 1; }); }, 1);
setTimeout(function two() { return 2; }, 1);
