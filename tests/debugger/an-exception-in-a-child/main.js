const { fork } = require('child_process');
fork(__dirname + '/child.js', { silent: true });
