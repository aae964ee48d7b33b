// Paths as URLs and buffers.
const fs = require('fs');
const { pathToFileURL } = require('url');
console.log(fs.readFileSync(pathToFileURL(__filename), 'utf8').length > 10, fs.readFileSync(Buffer.from(__filename)).length > 10, fs.existsSync(pathToFileURL(__dirname)));
const dir = require('os').tmpdir();
fs.writeFileSync(`${dir}/ü€.txt`, 'x');
console.log(fs.readdirSync(dir), fs.readdirSync(Buffer.from(dir), { encoding: 'hex' }), fs.readdirSync(dir, { encoding: 'latin1' }));
try { fs.readFileSync(pathToFileURL(`${dir}/no such`)); } catch (e) { console.log(e.message); }
try { fs.readFileSync(Buffer.from(`${dir}/gone`)); } catch (e) { console.log(e.message, e.path); }
