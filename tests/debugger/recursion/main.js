function down(n) {
  if (n === 0) {
    debugger;
    return 0;
  }
  return down(n - 1);
}
down(3);
