class Shop {
  static open() { return new Shop(); }
  sell(what) {
    return `${what} sold`;
  }
}
const greet = (name) => `Hello ${name}`;
const other = { sell() { return 'not this one'; } };
function main() {
  console.log(greet('you'), other.sell(), Shop.open().sell('tea'));
}
main();
