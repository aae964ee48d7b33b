import { test } from 'node:test';
console.log('printed');
await test('module', () => {});
