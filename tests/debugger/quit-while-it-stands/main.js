debugger;
console.log('never');
