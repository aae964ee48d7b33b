// Started together; and pauses in a loop are meant to come one after the other.
const { promisify } = require('node:util');
const pbkdf2 = promisify(require('node:crypto').pbkdf2);
const pause = promisify(setTimeout);
async function main() {
  await Promise.all([1, 2, 3, 4].map(() => pbkdf2('secret', 'salt', 60000, 64, 'sha512')));
  for (let i = 0; i < 5; i++) await pause(10);
}
main();
