debugger;
console.log("on");
