// JSON to and fro: V8's own work, which should cost the same everywhere.
const data = Array.from({ length: 2000 }, (_, i) => ({ id: i, name: `item ${i}`, tags: ['a', 'b'], nested: { x: i / 3 } }));
const start = process.hrtime.bigint();
let length = 0;
for (let i = 0; i < 60; i++) length += JSON.stringify(JSON.parse(JSON.stringify(data))).length;
if (length === 0) process.exit(1);
console.log('ms', Number(process.hrtime.bigint() - start) / 1e6);
