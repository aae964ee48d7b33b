'use strict';
// node:sqlite: databases, statements, values, errors.
process.removeAllListeners('warning');
const fs = require('fs');
const os = require('os');
const path = require('path');
const { DatabaseSync, StatementSync, backup, constants } = require('node:sqlite');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'sqlite-')));
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const file = path.join(folder, 'a.db');

function show(act) {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.name, error.code, error.errcode, error.errstr, error.message.replaceAll(folder, 'FOLDER'));
  }
}

const db = new DatabaseSync(':memory:');
console.log(db.isOpen, db.isTransaction, db.location(), db instanceof DatabaseSync, { ...db.limits });
show(() => db.exec('CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c BLOB, d REAL, e) STRICT'.replace('e) STRICT', 'e)')));
const insert = db.prepare('INSERT INTO t VALUES (?, ?, ?, ?, ?)');
console.log(insert instanceof StatementSync, insert.run(1, 'x', new Uint8Array([1, 2]), 1.5, null), insert.run(2n, 'y', Buffer.from('q'), 3, 9n));
show(() => insert.run(1, 'again', null, null, null));
show(() => insert.run(undefined, 1));
show(() => insert.run(true));
show(() => insert.run(3, 'many', null, null, null, 6));
show(() => insert.run(2n ** 63n, null, null, null, null));
show(() => insert.run(3));
const select = db.prepare('SELECT * FROM t ORDER BY a');
console.log(select.all(), select.get(), [...select.iterate()].length);
console.log(db.prepare('SELECT * FROM t WHERE a = 99').get(), db.prepare('SELECT * FROM t WHERE a = 99').all());
show(() => db.prepare('SELECT typeof(?) AS a, typeof(?) AS b, typeof(?) AS c, typeof(?) AS d, typeof(?) AS e').get(1, 1.5, 1n, 'x', new Uint8Array(1)));
show(() => db.prepare('SELECT 9007199254740993 AS big').get());
const big = db.prepare('SELECT 9007199254740993 AS big, 1 AS small, 1.5 AS real');
console.log(big.setReadBigInts(true), big.get());
show(() => big.setReadBigInts(1));
const named = db.prepare('SELECT $a AS a, :b AS b, @c AS c');
console.log(named.get({ $a: 1, ':b': 2, '@c': 3 }), named.get({ a: 4, b: 5, c: 6 }));
show(() => named.get({ a: 1, d: 2 }));
named.setAllowUnknownNamedParameters(true);
show(() => named.get({ a: 1, d: 2 }));
named.setAllowBareNamedParameters(false);
show(() => named.get({ a: 7 }));
show(() => db.prepare('SELECT ?, :x').get({ x: 1 }, 2));
show(() => db.prepare('SELECT $x, @x').get({ x: 1 }));
select.setReturnArrays(true);
console.log(select.all(), select.get(), [...select.iterate()][1]);
console.log(select.columns(), db.prepare('SELECT 1 + 1, a AS q FROM t').columns());
console.log(named.sourceSQL, named.expandedSQL, insert.sourceSQL);
show(() => db.exec('SELEC'));
show(() => db.prepare('SELECT * FROM nothing'));
show(() => db.prepare(5));
show(() => db.exec());
show(() => new DatabaseSync());
show(() => new DatabaseSync(5));
show(() => DatabaseSync(':memory:'));
show(() => new StatementSync());
show(() => new DatabaseSync(':memory:', { open: 1 }));
show(() => new DatabaseSync(`${folder}/none/a.db`));
show(() => new DatabaseSync('a\0b'));
show(() => db.prepare(''));
console.log(db.exec(''));
for (const value of [[], {}, Symbol('x'), () => {}, new Date(0)]) show(() => db.prepare('SELECT ?').get(1, value));
for (const value of [Symbol('x'), () => {}, false]) show(() => db.prepare('SELECT ? AS v').get(value));
db.exec('BEGIN');
console.log(db.isTransaction);
db.exec('ROLLBACK');

const iterator = db.prepare('SELECT a FROM t').iterate();
console.log(iterator.next(), iterator.return(), iterator.next(), iterator[Symbol.toStringTag], typeof iterator.map);

db.function('double', (x) => x * 2);
db.function('sum3', { varargs: true }, (...args) => args.reduce((a, b) => a + b, 0));
db.function('exact', { useBigIntArguments: true, deterministic: true, directOnly: true }, (x) => typeof x);
db.function('fails', () => { throw new RangeError('from a function'); });
db.function('odd', () => ({}));
db.function('later', async () => 1);
db.function('kinds', (a, b, c, d) => `${typeof a} ${typeof b} ${c === null} ${d instanceof Uint8Array}`);
db.function('none', () => undefined);
show(() => db.prepare('SELECT double(21) AS a, sum3(1, 2, 3) AS b, exact(1) AS c, kinds(1, \'x\', NULL, x\'01\') AS d, none() AS e').get());
show(() => db.prepare('SELECT fails()').get());
show(() => db.prepare('SELECT odd()').get());
show(() => db.prepare('SELECT later()').get());
show(() => db.prepare('SELECT double(1, 2)').get());
show(() => db.function('x', 5));
show(() => db.function(5, () => {}));
db.aggregate('total3', { start: 0, step: (sum, value) => sum + value });
db.aggregate('joined', { start: () => [], step: (all, value) => [...all, value], result: (all) => all.join('-') });
db.aggregate('moving', { start: 0, step: (sum, value) => sum + value, inverse: (sum, value) => sum - value });
db.exec('CREATE TABLE n(v); INSERT INTO n VALUES (1), (2), (3), (4)');
console.log(db.prepare('SELECT total3(v) AS a, joined(v) AS b FROM n').get(), db.prepare('SELECT total3(v) AS a FROM n WHERE v > 9').get());
console.log(db.prepare('SELECT moving(v) OVER (ORDER BY v ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS m FROM n').all().map(({ m }) => m));
show(() => db.aggregate('bad', { start: 0 }));

db.setAuthorizer((action, first) => (action === constants.SQLITE_DELETE && first === 'n' ? constants.SQLITE_DENY : constants.SQLITE_OK));
show(() => db.exec('DELETE FROM n'));
show(() => db.exec('DELETE FROM t'));
db.setAuthorizer(null);
show(() => db.exec('DELETE FROM n'));
show(() => db.setAuthorizer(5));

const stored = new DatabaseSync(file, { timeout: 10 });
console.log(stored.location() === file);
stored.exec('CREATE TABLE s(v TEXT); INSERT INTO s VALUES (\'kept\')');
const reader = new DatabaseSync(file, { readOnly: true, returnArrays: true, readBigInts: true });
console.log(reader.prepare('SELECT v, 1 FROM s').all());
show(() => reader.exec('INSERT INTO s VALUES (1)'));
const statement = reader.prepare('SELECT 1');
reader.close();
console.log(reader.isOpen);
show(() => statement.get());
show(() => reader.close());
show(() => reader.exec('SELECT 1'));
reader.open();
show(() => reader.open());
reader.close();
const closed = new DatabaseSync(file, { open: false });
show(() => closed.prepare('SELECT 1'));
show(() => stored.exec('CREATE TABLE p(x INTEGER PRIMARY KEY); CREATE TABLE r(x REFERENCES p); INSERT INTO r VALUES (1)'));
const loose = new DatabaseSync(file, { enableForeignKeyConstraints: false, enableDoubleQuotedStringLiterals: true });
show(() => loose.exec('INSERT INTO r VALUES (1)'));
show(() => loose.prepare('SELECT "text" AS t').get());
show(() => stored.prepare('SELECT "text" AS t').get());
{
  using one = new DatabaseSync(':memory:');
  one.exec('SELECT 1');
}
stored.limits.sqlLength = 20;
show(() => stored.exec('SELECT 1 + 1 + 1 + 1 + 1 + 1'));
stored.limits.sqlLength = Infinity;
const bytes = stored.serialize();
console.log(bytes instanceof Uint8Array, Buffer.from(bytes).subarray(0, 15).toString());
const copy = new DatabaseSync(':memory:');
copy.deserialize(bytes);
console.log(copy.prepare('SELECT * FROM s').all());

(async () => {
  const told = [];
  const pages = await backup(stored, path.join(folder, 'b.db'), { rate: 1, progress: ({ totalPages, remainingPages }) => told.push(totalPages - remainingPages) });
  console.log(pages > 0, told.length > 0, new DatabaseSync(path.join(folder, 'b.db')).prepare('SELECT * FROM s').get());
  await backup(stored, path.join(folder, 'none', 'b.db')).catch((error) => console.log(error.code, error.message));
  const tags = db.createTagStore(2);
  console.log(tags.get`SELECT ${5} AS x`, tags.all`SELECT ${6} AS x`, tags.run`SELECT 1`, [...tags.iterate`SELECT ${7} AS x`], tags.size, tags.capacity, tags.db === db);
  tags.clear();
  console.log(tags.size);
})();
