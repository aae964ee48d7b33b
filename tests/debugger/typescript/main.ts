interface Point { x: number }
function twice(point: Point): number {
  const doubled: number = point.x * 2;
  return doubled;
}
console.log(twice({ x: 4 }));
