// queueMicrotask wants a function.
for (const value of [undefined, null, 1, 'x', {}, []]) {
  try {
    queueMicrotask(value);
  } catch (error) {
    console.log(error.code, error.message);
  }
}
queueMicrotask(() => console.log('fine', typeof queueMicrotask, queueMicrotask.length));
