// Two async functions take turns at each await.
async function run(name) {
  for (let i = 1; i <= 3; i++) {
    console.log(name, i);
    await null;
  }
  return name;
}
run('a').then((name) => console.log(name, 'done'));
run('b').then((name) => console.log(name, 'done'));
console.log('main');
