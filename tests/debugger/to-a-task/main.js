setTimeout(function first() {}, 1);
setTimeout(function second() {
  console.log('second');
}, 2);
debugger;
