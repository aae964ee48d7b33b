// The functions: names, what they print in texts, wrong arguments, failed calls.
const os = require('os');
for (const [name, f] of Object.entries(os)) if (typeof f === 'function') console.log(name, f.name, f.length, Symbol.toPrimitive in f, name === 'setPriority' || typeof f());
for (const name of ['arch', 'endianness', 'hostname', 'platform', 'release', 'type', 'version', 'machine', 'tmpdir']) console.log(`${os[name]}` === os[name]());
for (const f of [() => os.getPriority(4e6), () => os.setPriority(4e6, 1), () => os.setPriority(0), () => os.setPriority(0, 1.5), () => os.getPriority(-1), () => os.setPriority(0, 20), () => os.setPriority('a', 3), () => os.getPriority(null)]) try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message, e.info, e.errno, e.syscall); }
process.env.TMPDIR = '/x/'; console.log(os.tmpdir()); process.env.TMPDIR = '/'; console.log(os.tmpdir()); delete process.env.TMPDIR; process.env.TMP = '/t'; console.log(os.tmpdir()); delete process.env.TMP; console.log(os.tmpdir());
process.env.HOME = '/h/'; console.log(os.homedir()); process.env.HOME = ''; console.log(os.homedir() === ''); delete process.env.HOME; console.log(os.homedir() === os.userInfo().homedir);
console.log(Object.values(os.networkInterfaces()).flat().every((a) => Object.keys(a).length === (a.family === 'IPv6' ? 7 : 6)), Buffer.isBuffer(os.userInfo({ encoding: 'buffer' }).username), os.userInfo().username === Buffer.from(os.userInfo({ encoding: 'hex' }).username, 'hex').toString());
