// The constants of os and of the old module constants.
const os = require('os');
const constants = require('constants');
console.log(os.constants, os.EOL, os.devNull, Object.getOwnPropertyDescriptor(os, 'constants').writable);
console.log(constants, Object.isFrozen(constants));
