const server = require('node:http').createServer();
server.listen(0, () => process.exit());
