// The main process starts one through a shell, that starts one with a worker.
const { exec, fork } = require('child_process');
const { Worker, isMainThread, threadId } = require('worker_threads');
const level = Number(process.argv[2] ?? 0);
if (!isMainThread) {
  const inWorker = threadId;
  debugger;
} else if (level === 2) {
  new Worker(__filename).on('exit', () => {
    debugger;
    process.send('over');
    process.disconnect();
  });
} else if (level === 1) {
  fork(__filename, ['2'], { silent: true }).on('exit', (code) => process.exit(code + 5));
} else {
  exec(`"${process.execPath}" "${__filename}" 1`).on('exit', (code) => {
    const what = `exit ${code}`;
    debugger;
  });
}
