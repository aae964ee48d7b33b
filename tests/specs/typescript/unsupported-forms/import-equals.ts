import fs = require('node:fs');
export default fs;
