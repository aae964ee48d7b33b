// Messages and properties of failing calls, in all three forms.
const fs = require('fs');
const show = (e) => console.log(`${e.message} | ${e.code} ${e.errno} ${e.syscall} ${e.path} ${e.dest}`);
const sync = (f) => { try { f(); console.log('fine'); } catch (e) { show(e); } };
sync(() => fs.readFileSync('missing'));
sync(() => fs.readFileSync('.'));
sync(() => fs.mkdirSync('.'));
sync(() => fs.rmdirSync('missing'));
sync(() => fs.unlinkSync('missing'));
sync(() => fs.renameSync('missing', 'other'));
sync(() => fs.readdirSync('main.js'));
sync(() => fs.statSync('main.js/x'));
sync(() => fs.lstatSync('missing'));
sync(() => fs.accessSync('missing'));
sync(() => fs.openSync('missing', 'r'));
sync(() => fs.copyFileSync('missing', 'x'));
sync(() => fs.linkSync('missing', 'x'));
sync(() => fs.readlinkSync('main.js'));
sync(() => fs.symlinkSync('x', 'main.js'));
sync(() => fs.realpathSync('missing'));
sync(() => fs.mkdtempSync('missing/x'));
sync(() => fs.closeSync(9999));
sync(() => fs.rmSync('missing'));
sync(() => fs.rmSync('missing', { force: true }));
sync(() => fs.chmodSync('missing', 0o644));
sync(() => fs.utimesSync('missing', 1, 1));
sync(() => fs.truncateSync('missing', 0));
sync(() => fs.opendirSync('missing'));
console.log(fs.statSync('missing', { throwIfNoEntry: false }));
fs.readFile('missing', (e, data) => {
  show(e);
  console.log(data);
  fs.mkdir('missing/x/y', (e) => {
    show(e);
    fs.promises.rename('missing', 'b').catch((e) => show(e));
  });
});
