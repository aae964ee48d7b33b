// JSON with the type attribute; without it, or with another, an error.
import data from './data.json' with { type: 'json' };
console.log(data);
const again = await import('./data.json', { with: { type: 'json' } });
console.log(again.default === data, Object.keys(again), again);
for (const options of [undefined, { with: { type: 'css' } }, { with: { other: 'x' } }]) {
  await import('./data.json', options).catch((e) => console.log(e.name, e.code, e.message));
}
await import('./code.mjs', { with: { type: 'json' } }).catch((e) => console.log(e.name, e.code, e.message));
await import('./broken.json', { with: { type: 'json' } }).catch((e) => console.log(e.name, e.message));
