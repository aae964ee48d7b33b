// Four threads work at once: the fifth task starts only when one of the first four is done.
const { pbkdf2 } = require('crypto');
const done = [];
function start(name, iterations) {
  pbkdf2('secret', 'salt', iterations, 32, 'sha512', () => {
    done.push(name);
    if (done.length === 5) console.log('the short fifth came first:', done[0] === 'fifth');
  });
}
for (let i = 0; i < 4; i++) start(`long ${i}`, 50_000);
start('fifth', 1);
