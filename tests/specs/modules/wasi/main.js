'use strict';

// What a WebAssembly program can do by WASI: the functions are called as it would call them, on a memory of its own.
const { WASI } = require('wasi');
const fs = require('fs');
const os = require('os');
const path = require('path');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'wasi-'));
const inside = path.join(dir, 'inside');
fs.mkdirSync(path.join(inside, 'folder'), { recursive: true });
fs.writeFileSync(path.join(dir, 'secret.txt'), 'secret');
fs.writeFileSync(path.join(inside, 'a.txt'), 'hello world');
fs.symlinkSync('../secret.txt', path.join(inside, 'escape'));
fs.symlinkSync('loop2', path.join(inside, 'loop1'));
fs.symlinkSync('loop1', path.join(inside, 'loop2'));
fs.symlinkSync('a.txt', path.join(inside, 'link'));
const outFile = path.join(dir, 'out.txt');
const out = fs.openSync(outFile, 'w');

const wasi = new WASI({
  version: 'preview1', args: ['program', '--flag', 'ö'], env: { A: 1, B: 'two' }, preopens: { '/in': inside }, stdout: out,
});
const memory = new WebAssembly.Memory({ initial: 1 });
wasi.finalizeBindings({ exports: { memory } });
const call = wasi.wasiImport;
const bytes = Buffer.from(memory.buffer);
const view = new DataView(memory.buffer);
const u32 = (at) => view.getUint32(at, true);
const u64 = (at) => view.getBigUint64(at, true);
const text = (at, length) => bytes.toString('utf8', at, at + length);
const put = (at, string) => bytes.write(string, at);
/** Memory: results at 0, paths at 1000 and 2000, buffers at 4000. */
const named = (name) => [1000, put(1000, name)];

console.log(call.args_sizes_get(0, 4), u32(0), u32(4), call.args_get(100, 200), text(200, u32(4)).split('\0'));
console.log(call.environ_sizes_get(0, 4), u32(0), u32(4), call.environ_get(100, 200), text(200, u32(4)).split('\0'));
for (const id of [0, 1, 2, 3, 9]) console.log('clock', id, call.clock_time_get(id, 0n, 0), id === 9 || u64(0) > 0n);
console.log('random', call.random_get(500, 16), bytes.subarray(500, 516).some((byte) => byte > 0), call.random_get(1e6, 10));

const stat = (fd) => [call.fd_fdstat_get(fd, 0), view.getUint8(0), u64(8).toString(16), u64(16).toString(16)];
console.log(stat(1), stat(3), stat(4));
console.log('prestat', call.fd_prestat_get(3, 0), u32(4), call.fd_prestat_dir_name(3, 100, 3), text(100, 3),
  call.fd_prestat_dir_name(3, 100, 2), call.fd_prestat_get(4, 0), call.fd_prestat_get(0, 0));

const RIGHTS = { read: 2n | 4n | 0x20n | 0x200000n, all: 0x8e001ffn };
const open = (name, { how = 0, rights = RIGHTS.all, flags = 0, lookup = 1, fd = 3 } = {}) => {
  const [at, length] = named(name);
  const error = call.path_open(fd, lookup, at, length, how, rights, 0xfffffffn, flags, 0);
  return error === 0 ? u32(0) : -error;
};
const vector = (...pieces) => {
  pieces.forEach(([at, length], index) => {
    view.setUint32(3000 + 8 * index, at, true);
    view.setUint32(3004 + 8 * index, length, true);
  });
  return [3000, pieces.length];
};
const file = open('a.txt', { rights: RIGHTS.read });
console.log('open', file, stat(file));
console.log('read', call.fd_read(file, ...vector([4000, 3], [4100, 4]), 0), u32(0), text(4000, 3), text(4100, 4));
console.log('tell', call.fd_tell(file, 0), u64(0), 'seek', call.fd_seek(file, -5n, 2, 0), u64(0), call.fd_seek(file, -50n, 1, 0));
console.log('read', call.fd_read(file, ...vector([4000, 30]), 0), u32(0), text(4000, u32(0)));
console.log('pread', call.fd_pread(file, ...vector([4000, 5]), 6n, 0), text(4000, 5), 'write', call.fd_write(file, ...vector([4000, 5]), 0));
console.log('stat', call.fd_filestat_get(file, 0), view.getUint8(16), u64(24), u64(32), 'close', call.fd_close(file), call.fd_close(file));

for (const [name, options] of [['escape'], ['../secret.txt'], ['folder/../../secret.txt'], ['/etc/passwd'], ['loop1'], ['nothing'],
                               ['a.txt/x'], [''], ['folder', { how: 2 }], ['a.txt', { how: 2 }], ['a.txt', { how: 5 }],
                               ['link'], ['link', { lookup: 0 }], ['folder/../a.txt'], ['a.txt', { fd: 1 }], ['a.txt', { fd: 77 }]]) {
  const number = open(name, options);
  console.log('open', name, JSON.stringify(options), number < 0 ? number : 'opened');
  if (number > 0) call.fd_close(number);
}

const made = open('made.txt', { how: 1 | 4 });
put(4000, 'some text');
console.log('write', call.fd_write(made, ...vector([4000, 4], [4004, 5]), 0), u32(0), call.fd_pwrite(made, ...vector([4000, 2]), 20n, 0));
console.log('size', call.fd_filestat_set_size(made, 12n), fs.readFileSync(path.join(inside, 'made.txt')).toString('latin1'));
console.log('times', call.fd_filestat_set_times(made, 5_000_000_000n, 7_000_000_000n, 5), fs.statSync(path.join(inside, 'made.txt')).mtimeMs);
console.log('sync', call.fd_sync(made), call.fd_datasync(made), 'allocate', call.fd_allocate(made, 0n, 30n), fs.statSync(path.join(inside, 'made.txt')).size);
console.log('rights', call.fd_fdstat_set_rights(made, 2n, 0n), call.fd_fdstat_set_rights(made, 66n, 0n), call.fd_write(made, ...vector([4000, 1]), 0));
console.log('renumber', call.fd_renumber(made, 55), call.fd_close(made));
const added = open('made.txt', { flags: 1 });
console.log('append', call.fd_write(added, ...vector([4000, 4]), 0), fs.statSync(path.join(inside, 'made.txt')).size, call.fd_close(added));

const one = (name, act) => console.log(name, act, call[act](3, ...named(name)));
one('new', 'path_create_directory');
one('new', 'path_create_directory');
one('new', 'path_unlink_file');
one('new', 'path_remove_directory');
one('a.txt', 'path_remove_directory');
one('folder/../..', 'path_create_directory');
put(2000, 'renamed.txt');
put(1000, 'made.txt');
console.log('rename', call.path_rename(3, 1000, 8, 3, 2000, 11), fs.existsSync(path.join(inside, 'renamed.txt')));
put(1000, 'a.txt');
put(2000, 'hard');
console.log('link', call.path_link(3, 0, 1000, 5, 3, 2000, 4), fs.readFileSync(path.join(inside, 'hard'), 'utf8'));
put(2000, 'soft');
console.log('symlink', call.path_symlink(1000, 5, 3, 2000, 4), call.path_readlink(3, 2000, 4, 4000, 100, 0), text(4000, u32(0)),
  call.path_readlink(3, 2000, 4, 4000, 3, 0));
put(1000, 'soft');
for (const follow of [0, 1]) console.log('path stat', follow, call.path_filestat_get(3, follow, 1000, 4, 0), view.getUint8(16), u64(32));
one('soft', 'path_unlink_file');

const names = [];
for (let cookie = 0n; ;) {
  const error = call.fd_readdir(3, 4000, 80, cookie, 0);
  const used = u32(0);
  let at = 4000;
  while (at + 24 <= 4000 + used && at + 24 + u32(at + 16) <= 4000 + used) {
    names.push(`${text(at + 24, u32(at + 16))}:${view.getUint8(at + 20)}`);
    cookie = u64(at);
    at += 24 + u32(at + 16);
  }
  if (error !== 0 || used < 80) break;
}
console.log(names.sort().join(' '));

view.setBigUint64(5000, 42n, true);
view.setUint8(5008, 0);
view.setUint32(5016, 1, true);
view.setBigUint64(5024, 1_000_000n, true);
view.setUint16(5040, 0, true);
console.log('poll', call.poll_oneoff(5000, 6000, 1, 0), u32(0), u64(6000), view.getUint16(6008, true), view.getUint8(6010), call.poll_oneoff(5000, 6000, 0, 0));
console.log('others', call.sched_yield(), call.fd_advise(1, 0n, 0n, 0), call.fd_seek(3, 0n, 0, 0), call.fd_read(9, 0, 0, 0));
console.log('wrong', call.fd_close(), call.fd_close('1'), call.fd_write(1, 1e6, 1, 0), call.args_sizes_get(1e6, 0));
put(4000, 'to the output\n');
console.log(call.fd_write(1, ...vector([4000, 14]), 0), fs.readFileSync(outFile, 'utf8'));
fs.rmSync(dir, { recursive: true });
