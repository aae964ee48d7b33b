console.log(1);
debugger;
console.log(2);
