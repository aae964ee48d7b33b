let n = 0;
function start() {
  const timer = setInterval(function beat() {
    debugger;
    if (++n === 2) clearInterval(timer);
  }, 1);
}
start();
