const count = 1;
debugger;
console.log(count);
