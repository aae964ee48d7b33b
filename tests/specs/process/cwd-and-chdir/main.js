// cwd and chdir, with the error of a folder that is missing.
console.log(process.cwd());
process.chdir('sub');
console.log(process.cwd(), require('fs').readFileSync('file.txt', 'utf8').trim());
try {
  process.chdir('missing');
} catch (error) {
  console.log(error.message);
  console.log(error.code, error.syscall, error.path, error.dest, typeof error.errno);
}
try {
  process.chdir(1);
} catch (error) {
  console.log(error.code, error.message);
}
