function* count() {
  yield 1;
  yield 2;
}
for (const n of count()) {
  console.log(n);
}
