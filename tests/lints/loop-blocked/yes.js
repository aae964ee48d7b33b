// The interval cannot run while the work is done, and is over before it ever could.
const timer = setInterval(() => {}, 10);
function work() {
  const end = Date.now() + 80;
  while (Date.now() < end);
  clearInterval(timer);
}
setTimeout(work, 5);
