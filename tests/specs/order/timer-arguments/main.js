// Timers and immediates hand on their arguments; `this` is the timer in a plain function.
const timeout = setTimeout(
  function (...args) {
    console.log('timeout', args, this === timeout);
    const immediate = setImmediate(
      function (...args) {
        console.log('immediate', args, this === immediate);
      },
      'x',
      'y'
    );
  },
  1,
  'a',
  'b'
);
