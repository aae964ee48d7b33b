import { b, readA } from './b.mjs';
export const a = 'a';
export function hoisted() {
  return 'hoisted';
}
console.log('a sees', b, readA());
