let n = 0;
n++;
console.log(n);
