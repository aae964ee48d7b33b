// A name that cannot be found in the CommonJS module's text: the error explains itself.
import { hidden } from './lib.cjs';
console.log(hidden);
