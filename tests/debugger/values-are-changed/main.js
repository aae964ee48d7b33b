let count = 1;
const settings = { verbose: false };
debugger;
console.log(count, settings);
