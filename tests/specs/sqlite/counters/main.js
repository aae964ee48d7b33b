'use strict';

// What a statement counts of its work, and its end by `using`.
const { DatabaseSync } = require('node:sqlite');
const attempt = (act) => {
  try {
    return act();
  } catch (error) {
    return `${error.name} ${error.code} ${error.message}`;
  }
};
const database = new DatabaseSync(':memory:');
database.exec('create table t(a int, b text); insert into t values (1, 2), (2, 3), (3, 1)');
const statement = database.prepare('select * from t where a > 0 order by b');
const counters = ['fullscanStep', 'sort', 'autoindex', 'reprepare', 'run', 'filterMiss', 'filterHit'];
const show = () => counters.map((name) => `${name} ${statement.stat(name)}`).join(', ');
console.log(show());
statement.all();
statement.all();
console.log(show(), statement.stat('vmStep') > 0, statement.stat('memused') > 0);
console.log(statement.resetStats(), show(), statement.stat('vmStep'));
for (const name of [undefined, 5, 'nothing', 'toString']) console.log(attempt(() => statement.stat(name)));
{
  using inner = database.prepare('select 1');
  console.log(inner.get());
}
statement[Symbol.dispose]();
statement[Symbol.dispose]();
for (const act of ['stat', 'resetStats', 'all', 'close']) console.log(act, attempt(() => statement[act]('run')));
