export let count = 0;
export const increment = () => void count++;
export function reset() {
  count = -1;
}
