// Types and shapes of what os tells.
const os = require('os');
console.log(os.EOL === '\n', os.platform(), os.type(), os.arch(), os.endianness(), typeof os.hostname(), os.homedir(), os.tmpdir() === process.env.TMPDIR, os.devNull);
console.log(os.cpus().length > 0, Object.keys(os.cpus()[0]), os.availableParallelism() > 0, os.totalmem() > os.freemem(), os.uptime() > 0, os.loadavg().length, typeof os.release(), typeof os.version(), typeof os.machine());
console.log(os.constants.signals.SIGTERM, os.constants.errno.ENOENT, os.constants.priority, typeof os.getPriority(), Object.keys(os.userInfo()).sort(), typeof os.networkInterfaces());
for (const f of [() => os.getPriority('x'), () => os.setPriority(0, 100), () => os.userInfo({ encoding: 'nope' }).uid >= 0]) try { console.log(f()); } catch (e) { console.log(e.code, e.message); }
console.log(`${os.arch}` === os.arch(), Object.isFrozen(os.constants.signals));
