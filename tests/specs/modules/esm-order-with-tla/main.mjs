// Siblings with top-level awaits run concurrently; the parent waits for all.
import './slow.mjs';
import './fast.mjs';
import './sync.mjs';
console.log('main');
