// why: beat
let count = 0;
const timer = setInterval(function beat() {
  if (++count === 3) {
    const end = Date.now() + 50;
    while (Date.now() < end);
  }
  if (count === 4) clearInterval(timer);
}, 10);
