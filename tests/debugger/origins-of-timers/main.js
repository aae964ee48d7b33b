function start() { setTimeout(later, 1); }
function later() {
  debugger;
}
start();
