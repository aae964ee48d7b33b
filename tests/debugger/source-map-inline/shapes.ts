type Shape = { side: number };

function square(shape: Shape): number {
  const { side } = shape;
  return side ** 2;
}

for (const side of [1, 2]) {
  console.log(square({ side }));
}
