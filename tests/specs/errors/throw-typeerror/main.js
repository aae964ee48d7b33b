// An error that the engine throws: the caret is under the failing part.
const config = { server: null };
console.log('before');
const port = config.server.port + 1;
console.log('never', port);
