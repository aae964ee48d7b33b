// why: later
import './part.mjs';
console.log('goes on');
setTimeout(function later() {}, 1);
