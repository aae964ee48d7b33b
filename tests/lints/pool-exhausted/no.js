const { pbkdf2 } = require('node:crypto');
for (let i = 0; i < 3; i++) pbkdf2('secret', 'salt', 60000, 64, 'sha512', () => {});
