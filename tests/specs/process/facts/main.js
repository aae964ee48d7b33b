// Types and shapes of what process tells about itself.
console.log(/^v26\.\d+\.\d+$/.test(process.version), process.versions.node === process.version.slice(1));
console.log(process.platform, process.arch, typeof process.pid, typeof process.ppid, process.release.name);
console.log(typeof process.versions.v8, Object.isFrozen(process.versions));
console.log(process.getuid() >= 0, process.getgid() >= 0, typeof process.umask());
const memory = process.memoryUsage();
console.log(Object.keys(memory), Object.values(memory).every((n) => n >= 0), process.memoryUsage.rss() > 1e6);
const cpu = process.cpuUsage();
console.log(Object.keys(cpu), cpu.user >= 0, process.cpuUsage(cpu).user >= 0);
console.log(Object.keys(process.resourceUsage()).length, process.availableMemory() > 0);
console.log(Object.prototype.toString.call(process), process[Symbol.toStringTag], process instanceof require('events'));
console.log(typeof process.features, typeof process.config, process.features.inspector !== undefined);
