// .mts with top-level await and type-only imports and exports.
import { readFile } from 'node:fs/promises';
import { value, type Value } from './lib.mts';
export type { Value } from './lib.mts';
const text: string = await readFile(import.meta.filename, 'utf8');
console.log(text.split('\n').length > 5, value as Value);
console.log(import.meta.url.endsWith('main.mts'));
