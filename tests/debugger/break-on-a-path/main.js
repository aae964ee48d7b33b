const fs = require('fs');
fs.stat(__filename, function one() { return 1; });
fs.readFile('commands.txt', function two() { return 2; });
