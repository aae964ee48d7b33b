try {
  throw new Error('x');
} catch (failure) {
  console.log(failure.message);
}
