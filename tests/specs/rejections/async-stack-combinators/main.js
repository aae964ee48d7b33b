// Async stacks go through Promise.all, allSettled and any.
async function fail() {
  await null;
  throw new Error('inside');
}
async function all() {
  await Promise.all([null, fail()]);
}
async function any() {
  await Promise.any([fail()]);
}
all().catch((error) => console.log(error.stack));
any().catch((error) => console.log(error.errors[0].stack));
