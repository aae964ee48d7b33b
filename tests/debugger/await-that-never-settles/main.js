const never = new Promise(() => {});
debugger;
setTimeout(() => {}, 1);
