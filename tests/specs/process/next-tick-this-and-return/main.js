// nextTick returns nothing; ticks see the state the script left behind.
let state = 'early';
console.log(process.nextTick(() => console.log(state)));
state = 'late';
console.log(process.nextTick.length, process.nextTick.name);
