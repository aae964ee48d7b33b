// A static import of what is not there ends the program before any code runs.
import './a.mjs';
import './missing.mjs';
console.log('never');
