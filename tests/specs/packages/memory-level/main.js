'use strict';
const { MemoryLevel } = require('memory-level');

(async () => {
  const db = new MemoryLevel({ valueEncoding: 'json' });
  await db.batch([3, 1, 2].map((n) => ({ type: 'put', key: `k${n}`, value: { n } })));
  await db.put('other', { deep: [1] });
  for await (const [key, value] of db.iterator({ gte: 'k', lt: 'l', reverse: true })) console.log(key, value);
  await db.del('k2');
  console.log(await db.get('k2'), await db.getMany(['k1', 'k3']), await db.keys().all());
  const sub = db.sublevel('s');
  await sub.put('x', 'y');
  console.log(await sub.get('x'), await db.keys({ limit: 2 }).all());
  await db.close();
  console.log(db.status, await db.get('k1').catch((error) => error.code));
})();
