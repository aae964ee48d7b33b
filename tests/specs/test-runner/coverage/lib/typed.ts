type A = number;
export function typed(a: A): string {
  if (a > 2) {
    return "x";
  }
  return `${a}`;
}
