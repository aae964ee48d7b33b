export function fail() {
  throw new Error('in an ES module');
}
fail();
