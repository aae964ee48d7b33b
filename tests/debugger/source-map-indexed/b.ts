declare function add(x: number, y: number): number;
const sum: number =
  add(1, 2);
console.log(sum);
