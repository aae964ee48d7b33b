// A timer's primitive value can clear it, as a number and as a string.
const a = setTimeout(() => console.log('never a'), 1);
clearTimeout(+a);
const b = setTimeout(() => console.log('never b'), 1);
clearTimeout(`${+b}`);
const c = setInterval(() => console.log('never c'), 1);
clearTimeout(c);
console.log(typeof +a, a[Symbol.toPrimitive]() === +a);
