function f({ a = 1, b } = {}, ...rest) {
  return [a, b, rest];
}
f({ b: 2 }, 3, 4);
