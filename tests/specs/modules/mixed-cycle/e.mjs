import { d, hoisted } from './d.mjs';
console.log(hoisted());
try {
  console.log(d);
} catch (error) {
  console.log(error.name, error.message);
}
export const e = 'e';
queueMicrotask(() => console.log('later', d));
