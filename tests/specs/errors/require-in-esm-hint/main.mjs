// require in an ES module: the error says what to do.
const fs = require('fs');
