// Namespaces of modules.
import * as self from './main.mjs';
import * as os from 'node:path/posix';
export const a = 1;
export function f() {}
export let tdz;
console.log(self, Object.keys(os).length > 5, { ns: { deep: { ns: self } } });
console.log(await import('./data.mjs'));
export class Late {}
