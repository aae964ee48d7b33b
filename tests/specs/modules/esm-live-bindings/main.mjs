// Importers see the exporter's changes, and cannot make their own.
import { count, increment, reset as r } from './counter.mjs';
import * as ns from './counter.mjs';
console.log(count, ns.count);
increment();
console.log(count, ns.count);
r();
console.log(count);
try {
  count = 5;
} catch (error) {
  console.log(error.name, error.message);
}
