interface Point { x: number; y: number }

enum Kind { A, B }

export function area(p: Point): number {
  const w = p.x,
    h = p.y;
  return w * h;
}

class Box {
  constructor(private p: Point) {}
  get size() {
    return area(this.p);
  }
}

async function main() {
  const box = new Box({ x: 2, y: 3 });
  await null;
  console.log(box.size, Kind.B);
}
main();
