import { e } from './e.mjs';
export const d = `d after ${e}`;
export function hoisted() { return 'hoisted function'; }
