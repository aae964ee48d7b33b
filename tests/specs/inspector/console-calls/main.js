'use strict';

// Debuggers hear of calls of the console, with the script's line on top.
const { Session, console: onlyForDebuggers } = require('inspector');

const session = new Session();
const heard = [];
session.on('Runtime.consoleAPICalled', ({ params: { type, args, stackTrace, timestamp } }) => {
  const { functionName, lineNumber, url } = stackTrace.callFrames[0];
  heard.push([type, args.map(({ value, type }) => value ?? type), functionName, lineNumber, url.split('/').pop(),
    Math.abs(timestamp - Date.now()) < 60_000]);
  console.log('while it is reported');
});
session.connect();
session.post('Runtime.enable');

function lines() {
  console.log('text', 1, { a: 2 });
  console.error('on the other stream');
  console.warn('%s and %d', 'a', 1);
  console.info('more');
  console.debug('and more');
  console.dir({ a: 1 });
  onlyForDebuggers.log('nobody reads this');
}
lines();
session.disconnect();
console.log('not heard');
for (const line of heard) console.log(line);
console.log(console.log.name, console.log.length, onlyForDebuggers === console);
