// A finally block with an await delays the return value and the error.
async function value() {
  try {
    return 'value';
  } finally {
    await null;
    console.log('finally 1');
  }
}
async function error() {
  try {
    throw new Error('error');
  } finally {
    await null;
    console.log('finally 2');
  }
}
value().then(console.log);
error().catch((e) => console.log(e.message));
Promise.resolve().then(() => console.log('turn 1')).then(() => console.log('turn 2'));
