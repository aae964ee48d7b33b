let n = 0;
const timer = setInterval(function beat() {
  if (++n === 2) clearInterval(timer);
}, 1);
