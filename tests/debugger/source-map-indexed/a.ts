const add = (x: number, y: number): number => {
  return x + y;
};
