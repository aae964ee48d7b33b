console.log('lib');
export const value = 1;
export default class Thing {}
export function fn(n) {
  return n * 2;
}
