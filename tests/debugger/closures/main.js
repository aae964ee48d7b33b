function counter() {
  let n = 0;
  return () => {
    n += 1;
    return n;
  };
}
const next = counter();
next();
next();
