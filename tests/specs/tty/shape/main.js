// What tty consists of, and what is no terminal.
const tty = require('tty');
console.log(tty, Object.keys(tty.WriteStream.prototype), Object.keys(tty.ReadStream.prototype));
for (const f of [() => tty.isatty(0), () => tty.isatty('x'), () => tty.isatty(-1), () => tty.isatty(1.5), () => tty.isatty(2 ** 40), () => new tty.WriteStream(-1), () => new tty.ReadStream('x'), () => new tty.WriteStream(99), () => tty.WriteStream(1.5), () => tty.WriteStream.prototype.hasColors('x'), () => tty.WriteStream.prototype.hasColors(1), () => process.stdout instanceof tty.WriteStream]) try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message, e.info); }
