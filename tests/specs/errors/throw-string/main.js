// A thrown string: no stack, but where it was thrown.
function fail() {
  throw 'just text';
}
fail();
