// A syntax error in a required file.
console.log('main runs');
require('./broken');
