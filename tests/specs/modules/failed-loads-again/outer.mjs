import './sibling.mjs';
import './inner.mjs';
console.log('never');
