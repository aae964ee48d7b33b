const server = require('node:http').createServer();
server.listen(0, () => server.close(() => process.exit()));
