// An error after an await.
async function load() {
  await new Promise((resolve) => setTimeout(resolve, 1));
  throw new Error('after an await');
}
async function main() {
  await load();
}
main();
