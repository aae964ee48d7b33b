// The stack of an error thrown after an await names the async callers.
async function inner() {
  await null;
  throw new Error('deep');
}
async function middle() {
  await inner();
}
async function outer() {
  await middle();
}
outer().catch((error) => console.log(error.stack));
