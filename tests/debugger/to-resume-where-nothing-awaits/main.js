function plain() {
  debugger;
}
plain();
setTimeout(() => console.log('over'), 1);
