import fs from 'node:fs';
const a = 1;

// Comment.

function later() {
  // In a function.

  return a;
}

// Between functions.

function never() {
  // Never called.
  return 2;
}

console.log(later());


// end
