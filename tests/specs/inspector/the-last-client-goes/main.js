// What a program says of its debuggers, and one that is deaf to the signal which would let them in.
const { spawn } = require('node:child_process');

const alive = "setInterval(() => {}, 1000); console.log('ready')";

function start(options) {
  const child = spawn(process.execPath, [...options, '-e', alive], { stdio: ['ignore', 'pipe', 'pipe'] });
  child.said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    child.said += text;
    child.emit('said');
  });
  return new Promise((resolve) => child.stdout.once('data', () => resolve(child)));
}

function hear(child, words) {
  return new Promise((resolve) => {
    const look = () => {
      if (child.said.includes(words)) resolve();
      else child.once('said', look);
    };
    look();
  });
}

function attach(child) {
  const socket = new WebSocket(/ws:\S+/.exec(child.said)[0]);
  return new Promise((resolve) => socket.addEventListener('open', () => resolve(socket)));
}

(async () => {
  const child = await start(['--inspect=0']);
  await hear(child, 'learn/getting-started');
  const [first, second] = [await attach(child), await attach(child)];
  await hear(child, 'attached.\nDebugger attached.');
  first.close();
  await new Promise((resolve) => first.addEventListener('close', resolve));
  console.log('one has gone:', child.said.includes('ending'));
  second.close();
  await hear(child, 'ending');
  await hear(child, 'debugging\nDebugger attached.\nDebugger attached.\nDebugger ending');
  (await attach(child)).close();
  await hear(child, 'ending on');
  console.log(child.said.replace(/ws:\S+/g, 'ADDRESS').split('\n').slice(0, 5).join('\n'));
  child.kill();

  const deaf = await start(['--disable-sigusr1']);
  deaf.kill('SIGUSR1');
  deaf.kill('SIGTERM');
  const signal = await new Promise((resolve) => deaf.once('exit', (code, signal) => resolve(signal)));
  console.log('deaf, ended by', signal, JSON.stringify(deaf.said));
})();
