// why: fifth
const { pbkdf2 } = require('node:crypto');
const key = (done) => pbkdf2('secret', 'salt', 60000, 64, 'sha512', done);
for (let i = 0; i < 4; i++) key(function other() {});
key(function fifth() {});
