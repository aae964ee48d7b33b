// A callback that takes ten periods does not leave ten calls behind, and calls never overlap.
let calls = 0;
let inside = 0;
let overlapped = false;
const interval = setInterval(() => {
  overlapped ||= inside > 0;
  inside++;
  if (++calls === 1) {
    const start = Date.now();
    while (Date.now() - start < 100);
    setImmediate(() => {
      console.log('caught up:', calls >= 5);
      console.log('overlapped:', overlapped);
      clearInterval(interval);
    });
  }
  inside--;
}, 10);
