// In a cycle of ES modules functions are there at once, constants are not.
import { a } from './a.mjs';
console.log('main', a);
