// Standard input nobody reads does not keep the process alive.
console.log(typeof process.stdin, process.stdin.fd, process.stdin.isTTY);
