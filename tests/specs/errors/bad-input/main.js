// What the world does to programs: files that vanish, full disks, no more descriptors, children that cannot start,
// workers that crash, bytes that are no text.
const fs = require('fs');
const os = require('os');
const path = require('path');
const { execFile, spawn, spawnSync } = require('child_process');
const { Worker } = require('worker_threads');
const { once } = require('events');

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'bad-input-'));
const brief = (error) => `${error.code} ${error.syscall} ${error.message.replaceAll(dir, 'DIR')}`;

(async () => {
  // Files that vanish between two looks.
  const file = path.join(dir, 'here.txt');
  fs.writeFileSync(file, 'text');
  const stream = fs.createReadStream(file);
  fs.unlinkSync(file);
  await once(stream, 'error').then(([error]) => console.log('vanished:', brief(error)));
  const open = await fs.promises.open(path.join(dir, 'cut.txt'), 'w+');
  await open.writeFile('a long text');
  await open.truncate(3);
  console.log('cut:', await open.read(Buffer.alloc(20), 0, 20, 0).then(({ bytesRead }) => bytesRead));
  await open.close();
  for (const act of ['readdir', 'rmdir', 'stat', 'readFile', 'realpath']) {
    await fs.promises[act](path.join(dir, 'gone')).catch((error) => console.log(act, brief(error)));
  }

  // A full disk.
  for (const [name, act] of Object.entries({
    writeFileSync: () => fs.writeFileSync('/dev/full', 'x'.repeat(100)),
    appendFileSync: () => fs.appendFileSync('/dev/full', 'x'),
  })) {
    try {
      act();
    } catch (error) {
      console.log(name, brief(error));
    }
  }
  const full = fs.createWriteStream('/dev/full');
  full.write('x');
  console.log('stream:', brief((await once(full, 'error'))[0]), full.destroyed);
  await fs.promises.writeFile('/dev/full', 'x').catch((error) => console.log('promises:', brief(error)));

  // Too many open files: reported, and recovered from.
  const script = `
    const fs = require('fs'); const net = require('net'); const open = [];
    try { for (;;) open.push(fs.openSync('/dev/null')); } catch (error) { console.log(error.code, error.syscall); }
    fs.readFile('/dev/null', (error) => { console.log('readFile', error.code);
      require('child_process').spawn('true').on('error', (error) => {
        console.log('spawn', error.code);
        open.forEach((fd) => fs.closeSync(fd));
        fs.readFile('/dev/null', (error, data) => console.log('again', error, data.length));
      });
    });`;
  const limited = spawnSync('sh', ['-c', 'ulimit -n 64; exec "$0" -e "$1"', process.execPath, script], { encoding: 'utf8' });
  console.log(limited.stdout.trim(), limited.status);

  // Children that cannot start.
  for (const [name, ...rest] of [['no-such-program'], [dir], ['true', [], { cwd: path.join(dir, 'gone') }]]) {
    const [error] = await once(spawn(name, ...rest), 'error');
    console.log('spawn:', error.code, error.syscall.replace(dir, 'DIR'), error.path?.replace(dir, 'DIR'));
  }
  execFile('no-such-program', (error) => console.log('execFile:', error.code, error.message));
  console.log('spawnSync:', brief(spawnSync('no-such-program').error));
  fs.writeFileSync(path.join(dir, 'not-a-program'), 'x', { mode: 0o755 });
  fs.writeFileSync(path.join(dir, 'not-allowed'), '#!/bin/sh\n', { mode: 0o600 });
  console.log('not allowed:', spawnSync(path.join(dir, 'not-allowed')).error?.code ?? 'runs');

  // Workers that crash, one by one; the others live on.
  const steady = new Worker("require('worker_threads').parentPort.on('message', (m) => require('worker_threads').parentPort.postMessage(m + 1))", { eval: true });
  for (const crash of ["throw new RangeError('thrown')", "Promise.reject(new Error('rejected'))", 'process.exit(7)', 'syntax error',
                       "setTimeout(() => { throw 5 }, 1)"]) {
    const worker = new Worker(crash, { eval: true });
    worker.on('error', (error) => console.log('worker error:', error?.name ?? error, error?.message));
    console.log('exit', await new Promise((resolve) => worker.on('exit', resolve)));
  }
  const greedy = new Worker('const a = []; for (;;) a.push(new Array(1e5).fill(a.length));', { eval: true, resourceLimits: { maxOldGenerationSizeMb: 16 } });
  console.log('greedy:', (await once(greedy, 'error'))[0].code);
  steady.postMessage(1);
  console.log('steady:', (await once(steady, 'message'))[0]);
  await steady.terminate();

  // Bytes that are no text.
  const bytes = Buffer.from([0x61, 0xc3, 0x28, 0xf0, 0x9f, 0x62, 0xed, 0xa0, 0x80, 0xff]);
  console.log(JSON.stringify(bytes.toString()), new TextDecoder().decode(bytes) === bytes.toString());
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    console.log(error.code, error.message);
  }
  const name = Buffer.concat([Buffer.from(`${dir}/`), Buffer.from([0x66, 0xff])]);
  fs.writeFileSync(name, 'x');
  console.log(fs.readdirSync(dir, { encoding: 'buffer' }).filter((entry) => entry.includes(0xff)), fs.existsSync(name));
  fs.rmSync(dir, { recursive: true });
})();
