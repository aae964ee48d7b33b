// util.promisify knows timers; timers/promises has them too.
const { promisify } = require('util');
const timers = require('timers/promises');
(async () => {
  console.log(await promisify(setTimeout)(1, 'timeout'));
  console.log(await promisify(setImmediate)('immediate'));
  console.log(promisify(setTimeout) === timers.setTimeout, promisify(setImmediate) === timers.setImmediate);
})();
