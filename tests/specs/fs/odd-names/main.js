// Names that are no UTF-8, long, with line ends; texts with lone surrogates.
const fs = require('fs');
process.chdir(fs.mkdtempSync(require('path').join(require('os').tmpdir(), 'on-')));
const attempt = (label, run) => {
  try { console.log(label, run()); } catch (e) { console.log(label, e.name, e.code, e.message.slice(0, 120)); }
};
attempt('lone surrogate', () => { fs.writeFileSync('s', 'a\ud800b'); return fs.readFileSync('s'); });
attempt('line end', () => { fs.writeFileSync('a\nb', ''); return fs.readdirSync('.'); });
const latin1 = Buffer.from([0x66, 0xff]);
attempt('no UTF-8', () => { fs.writeFileSync(latin1, 'x'); return [fs.readdirSync('.'), fs.readdirSync('.', 'buffer'), fs.readdirSync('.', 'latin1'), fs.existsSync('f\ufffd'), fs.existsSync(latin1)]; });
attempt('stat', () => fs.statSync(latin1).size);
attempt('rename', () => { fs.renameSync(latin1, Buffer.from([0xfe])); return fs.readdirSync('.', 'hex'); });
attempt('link', () => { fs.symlinkSync(Buffer.from([0xfe]), 'l'); return [fs.readlinkSync('l'), fs.readlinkSync('l', 'buffer'), fs.readFileSync('l', 'utf8')]; });
attempt('missing', () => fs.readFileSync(Buffer.from([0xfd])));
attempt('long', () => fs.writeFileSync('x'.repeat(300), ''));
attempt('empty', () => fs.readFileSync(''));
attempt('encoded null', () => fs.readFileSync(new URL('file:///tmp/%00')));
attempt('encoded slash', () => fs.readFileSync(new URL('file:///tmp/%2f')));
attempt('object', () => fs.readFileSync({ toString: () => 's' }));
attempt('Uint8Array', () => fs.readFileSync(new Uint8Array([0x73])).length);
attempt('unlink', () => { fs.unlinkSync(Buffer.from([0xfe])); return fs.readdirSync('.'); });
attempt('mkdtemp', () => fs.mkdtempSync(Buffer.from([0xfc]), 'buffer').length);
