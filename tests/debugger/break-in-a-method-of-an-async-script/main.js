class Basket {
  total() {
    return 3;
  }
}
async function main() {
  const basket = new Basket();
  await null;
  return { total: basket.total() };
}
main();
