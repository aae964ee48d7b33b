const list = Array.from({ length: 250 }, (_, i) => i);
const many = {};
for (let i = 0; i < 1000; i++) many['k' + i] = i;
debugger;
