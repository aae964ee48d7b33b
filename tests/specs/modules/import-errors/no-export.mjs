import { nope } from './exporter.mjs';
console.log(nope);
