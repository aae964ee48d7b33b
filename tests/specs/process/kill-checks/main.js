// kill: unknown signals and processes; signal 0 asks whether a process is there.
console.log(process.kill(process.pid, 0));
for (const [pid, signal] of [[process.pid, 'SIGNOPE'], ['x', 0], [process.pid, 9999], [2 ** 30, 0]]) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
