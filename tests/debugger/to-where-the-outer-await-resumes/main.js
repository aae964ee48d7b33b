async function inner() {
  debugger;
  await null;
  return 7;
}
async function outer() {
  const value = await inner();
  console.log(value);
}
outer();
