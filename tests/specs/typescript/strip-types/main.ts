// Types are stripped in place.
import { type Shape, area } from './shape.ts';
import type { Nothing } from './nothing.ts';
interface Named {
  name: string;
}
type Pair<A, B = A> = readonly [A, B];
const shapes: (Shape & Named)[] = [
  { name: 'square', kind: 'square', size: 2 },
  { name: 'circle', kind: 'circle', radius: 1 } satisfies Shape & Named,
];
function first<T extends object>(list: readonly T[], fallback?: T): T {
  return list[0]! ?? (fallback as T);
}
for (const shape of shapes) console.log(shape.name, area(shape).toFixed(2));
const pair: Pair<number> = [1, 2];
console.log(first(shapes).name, ['a'] as const, pair);
abstract class Base<T> {
  declare ghost: string;
  protected readonly value: T;
  private static count?: number;
  constructor(value: T) {
    this.value = value;
  }
  abstract show(): string;
}
class Real extends Base<string> implements Named {
  override show(this: Real): string {
    return this.value!;
  }
  get name(): string {
    return 'real';
  }
}
declare const nowhere: Nothing;
console.log(new Real('shown').show(), Object.keys(new Real('x')), typeof nowhere);
