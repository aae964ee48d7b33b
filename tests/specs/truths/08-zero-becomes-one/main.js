// A delay of 0 becomes 1, so the timer that was made first fires first.
setTimeout(() => console.log('one'), 1);
setTimeout(() => console.log('zero'), 0);
