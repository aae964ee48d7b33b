async function main() {
  await new Promise(() => {});
  console.log('never');
}
main();
