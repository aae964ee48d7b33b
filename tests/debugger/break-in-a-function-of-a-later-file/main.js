const { helper } = require('./helper');
console.log(helper(2));
