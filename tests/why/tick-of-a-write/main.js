// why: 3
setTimeout(function later() { console.log('written'); }, 1);
