async function f() {
  await null;
  Promise.resolve(1).then(function reaction(value) {
    console.log(value);
  });
}
f();
