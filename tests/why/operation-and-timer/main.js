// why: derived
require('node:crypto').pbkdf2('secret', 'salt', 20000, 64, 'sha512', function derived() {});
setTimeout(function later() {}, 1);
