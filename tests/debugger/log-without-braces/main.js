for (let i = 0; i < 2; i++) {
  Math.abs(i);
}
