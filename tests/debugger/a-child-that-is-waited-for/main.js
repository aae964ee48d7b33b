const { spawnSync } = require('child_process');
const { output } = spawnSync(process.execPath, [__dirname + '/child.js', 'x'], { encoding: 'utf8' });
console.log(output);
console.log('end');
