// A Console of its own on given streams; detached methods; no stderr.
const { Console } = require('console');
const lines = [];
const sink = (name) => ({ write: (text) => lines.push([name, text]), on() {}, once() {}, removeListener() {}, listenerCount: () => 0 });
const own = new Console({ stdout: sink('out'), stderr: sink('err'), inspectOptions: { depth: 0 }, groupIndentation: 4 });
own.log('x', { a: { b: 1 } });
own.error('e');
own.group('g');
own.warn('w');
own.groupEnd();
const { log } = console;
log('detached works');
new Console(sink('only')).error('to the only one');
console.log(lines);
console.log(own instanceof Console, console instanceof Console, typeof console.Console, Object.keys(console).length > 20, Object.prototype.toString.call(console));
try {
  new Console();
} catch (error) {
  console.log(error.code, error.message);
}
