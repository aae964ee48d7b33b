// Variables of a file, unless they are set already.
const fs = require('fs');
const path = require('path');
const file = path.join(fs.mkdtempSync(path.join(require('os').tmpdir(), 'env-')), 'x.env');
fs.writeFileSync(file, '# comment\nFIRST=1\nexport SECOND="two words"\nPATH=lost\nEMPTY=\n');
const before = process.env.PATH;
console.log(process.loadEnvFile(file), process.env.FIRST, process.env.SECOND, JSON.stringify(process.env.EMPTY), process.env.PATH === before);
for (const bad of ['/no/such/file', 5]) {
  try {
    process.loadEnvFile(bad);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
fs.rmSync(path.dirname(file), { recursive: true });
