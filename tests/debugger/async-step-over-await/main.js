async function main() {
  const one = await 1;
  const two = await Promise.resolve(one + 1);
  console.log(one, two);
}
main();
