const { promisify } = require('node:util');
const pbkdf2 = promisify(require('node:crypto').pbkdf2);
async function main() {
  for (let i = 0; i < 5; i++) {
    await pbkdf2('secret', 'salt', 60000, 64, 'sha512');
  }
}
main();
