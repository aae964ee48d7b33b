for (let i = 0; i < 3; i++) process.nextTick(function tick() { return i; });
