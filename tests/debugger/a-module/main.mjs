import { readFile } from 'node:fs/promises';
const text = await readFile(new URL(import.meta.url));
const length = text.length;
console.log(length > 10);
