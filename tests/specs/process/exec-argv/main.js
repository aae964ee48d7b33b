// Options before the script are execArgv.
console.log(process.execArgv, process.argv.slice(2));
