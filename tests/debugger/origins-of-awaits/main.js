async function deep() {
  await null;
  debugger;
}
async function middle() { await deep(); }
async function outer() { await middle(); }
outer();
