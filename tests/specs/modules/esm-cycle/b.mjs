import { a, hoisted } from './a.mjs';
export const b = 'b';
export const readA = () => a;
console.log('b sees', hoisted());
try {
  console.log(a);
} catch (error) {
  console.log(error.name, error.message);
}
