'use strict';
// Diagnostic reports: their parts, what is checked, the files, and the options that ask for them.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-'));
process.chdir(folder);
process.on('exit', () => fs.rmSync(folder, { recursive: true }));
const { report } = process;
const attempt = (act) => {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.code, error.message);
  }
};

console.log(report);
const all = report.getReport();
console.log(Object.keys(all));
const { event, trigger, filename, processId, cwd, glibcVersionRuntime, wordSize, arch, networkInterfaces } = all.header;
console.log(event, trigger, filename, processId === process.pid, cwd === process.cwd(), glibcVersionRuntime, wordSize, arch);
console.log(Array.isArray(networkInterfaces), all.javascriptStack.message, all.javascriptStack.errorProperties);
console.log(Object.keys(all.javascriptHeap), Object.keys(all.resourceUsage), Object.keys(all.userLimits));
console.log(all.environmentVariables.PATH === process.env.PATH);
for (const [name, value] of [['directory', 1], ['filename', 1], ['compact', 1], ['signal', 1], ['signal', 'x'], ['signal', 'sigusr2'],
  ['reportOnFatalError', 1], ['reportOnSignal', 1], ['reportOnUncaughtException', 'a'], ['excludeNetwork', 1], ['excludeEnv', 1]]) {
  attempt(() => { report[name] = value; });
}
for (const value of [1, null]) attempt(() => report.getReport(value));
attempt(() => report.getReport({}).javascriptStack);
const error = Object.assign(new TypeError('of mine'), { code: 'X', n: { a: 1 } });
const { message, stack, errorProperties } = report.getReport(error).javascriptStack;
console.log(message, stack[0].startsWith('at Object.<anonymous>'), errorProperties);
for (const args of [[1], [null], ['a', 1]]) attempt(() => report.writeReport(...args));
report.excludeEnv = report.excludeNetwork = report.compact = true;
attempt(() => report.writeReport('a'));
const written = fs.readFileSync('a', 'utf8');
console.log(written.trim().split('\n').length, JSON.parse(written).environmentVariables, JSON.parse(written).header.networkInterfaces);
const unnamed = spawnSync(process.execPath, ['-p', 'process.report.writeReport()'], { encoding: 'utf8' });
const name = unnamed.stdout.trim();
console.log(name.replaceAll(/\d/g, '0').replace(/\.0+\.0\./, '.PID.0.'), unnamed.stderr.replace(name, 'NAME'));

const run = (options, text) => {
  const { status, stdout } = spawnSync(process.execPath, [...options, '--report-filename=r', '-e', text], { encoding: 'utf8' });
  const found = JSON.parse(fs.readFileSync('r'));
  console.log(status, stdout, found.header.event, found.header.trigger);
  fs.rmSync('r');
};
run(['--report-uncaught-exception'], 'throw new Error("nobody")');
run(['--report-on-signal'], 'process.kill(process.pid, "SIGUSR2"); setTimeout(() => console.log("on"), 200)');
