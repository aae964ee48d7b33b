const a = 1;

// nothing here

console.log(a);
