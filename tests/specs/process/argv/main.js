// argv, argv0, execArgv, execPath and title's type.
console.log(process.argv[0] === process.execPath, process.argv.slice(1), process.execArgv);
console.log(require('path').isAbsolute(process.execPath), typeof process.argv0, typeof process.title);
