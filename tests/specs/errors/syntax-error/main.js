// A syntax error in the main script: nothing runs.
console.log('never');
const x = ;
