// why: got
const { promisify } = require('node:util');
const pbkdf2 = promisify(require('node:crypto').pbkdf2);
for (const salt of ['a', 'b']) pbkdf2('secret', salt, 20000, 64, 'sha512').then(function got() {});
