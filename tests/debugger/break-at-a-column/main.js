const twice = (n) => { const once = n; return once + n; };
for (const n of [1, 2, 3]) { twice(n); }
console.log('end');
