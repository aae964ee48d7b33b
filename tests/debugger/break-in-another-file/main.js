const { twice } = require('./lib.js');
console.log(twice(21));
