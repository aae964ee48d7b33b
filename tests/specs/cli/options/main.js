'use strict';
// Options of the command line and what each changes. Stacks below the script are the runtime's own and are cut off.
const { spawnSync } = require('child_process');
const fs = require('fs');
const os = require('os');
const path = require('path');

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'options-')));
process.chdir(folder);
process.on('exit', () => fs.rmSync(folder, { recursive: true }));

function plain(text) {
  return text.split('\n')
    .filter((line) => !/^ {4}at .*(?:node:|\[eval\]-wrapper)|\[--trace-env\] \w+ "(?!MY_OWN)/.test(line))
    .map((line) => line.replace(/Object\.<anonymous> \((.*)\)/, '$1'))
    .join('\n').replaceAll(folder, 'FOLDER').replaceAll(process.execPath, 'NODE').replaceAll(/\(node:\d+/g, '(node:PID')
    .replace(/Node\.js v.*/, 'Node.js VERSION');
}

function run(...args) {
  const env = { ...process.env, NODE_OPTIONS: '' };
  delete env.NODE_OPTIONS;
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env, timeout: 20000 });
  console.log(args.join(' ').replaceAll(folder, 'FOLDER'), '→', status ?? signal);
  process.stdout.write(plain(stdout));
  process.stdout.write(plain(stderr));
}

const write = (name, text) => fs.writeFileSync(name, text);
write('exit.js', 'function f() { process.exit(3); }\nf();');
write('throw.js', 'function f() { throw { a: 1 }; }\nf();');
run('--trace-exit', 'exit.js');
run('--trace-uncaught', 'throw.js');
for (const mode of ['delete', 'throw', 'bad']) {
  run(`--disable-proto=${mode}`, '-p', 'try { ({}).__proto__ } catch (error) { error.code }');
}
run('--no-warnings', '--frozen-intrinsics', '-p', '[Array.prototype, globalThis, console].map(Object.isFrozen)');
write('a.node', '');
run('--no-addons', '-p', 'try { require("./a.node") } catch (error) { error.code + error.message }');
run('--no-experimental-websocket', '--no-experimental-global-navigator', '-p', '[typeof WebSocket, typeof navigator]');
write('m.mjs', 'export {};');
run('--no-experimental-require-module', '-p', 'try { require("./m.mjs") } catch (error) { error.code + error.message }');
run('--no-strip-types', '--input-type=module', '-e', 'import("./t.ts").catch((error) => console.log(error.code))');
run('--secure-heap=65536', '-p', 'crypto.secureHeapUsed().total');
run('--secure-heap=3', '-p', '1');
run('--title=abc', '-p', 'process.title');
run('--dns-result-order=ipv6first', '-p', 'dns.getDefaultResultOrder()');
run('--no-network-family-autoselection', '--network-family-autoselection-attempt-timeout=123', '-p',
  '[net.getDefaultAutoSelectFamily(), net.getDefaultAutoSelectFamilyAttemptTimeout()]');
run('--tls-min-v1.3', '--tls-cipher-list=AAA', '-p', '[tls.DEFAULT_MIN_VERSION, tls.DEFAULT_MAX_VERSION, tls.DEFAULT_CIPHERS]');
run('--tls-min-v1.3', '--tls-max-v1.2', '-p', '1');
run('--trace-env', '-e', 'process.env.MY_OWN; process.env.MY_OWN = 1; "MY_OWN" in process.env; delete process.env.MY_OWN');
run('--max-old-space-size-percentage=abc', '-p', '1');
run('--experimental-import-meta-resolve', '--input-type=module', '-e', 'console.log(import.meta.resolve("./x.js", "file:///a/"))');
run('--no-warnings', '--entry-url', 'data:text/javascript,console.log(import.meta.url)');

fs.mkdirSync('real');
write('real/x.js', 'console.log(__filename, module.paths[0], require.main === module); require("./dep")');
write('real/dep.js', 'console.log(__filename)');
write('dep.js', 'console.log(__filename)');
fs.symlinkSync('real/x.js', 'link.js');
fs.symlinkSync('real', 'folder');
write('main.js', 'require("./folder/x.js")');
write('main.mjs', 'import "./folder/x.js"');
for (const options of [[], ['--preserve-symlinks'], ['--preserve-symlinks-main'], ['--preserve-symlinks', '--preserve-symlinks-main']]) {
  for (const file of ['link.js', 'main.js', 'main.mjs']) run(...options, file);
}

write('env', 'X=1\nNODE_OPTIONS="--title=from-file" # of this file\n');
run('--env-file=env', '-p', '[process.title, process.env.X]');
run('--trace-sigint', '-e', 'setTimeout(() => process.kill(process.pid, "SIGINT"), 20); setTimeout(() => {}, 9000)');
run('-e', 'util.setTraceSigInt(true); util.setTraceSigInt(false); process.kill(process.pid, "SIGINT"); setTimeout(() => {}, 9000)');

run('-p', 'try { crypto.createHash("md4") } catch (error) { error.message + error.code + error.opensslErrorStack }');
run('--openssl-legacy-provider', '-p', 'crypto.createHash("md4").update("a").digest("hex") + crypto.hash("RSA-MD4", "b")');
run('--no-extra-info-on-fatal-exception', '-e', 'throw 1');
run('--no-global-search-paths', '-p', 'module.constructor.globalPaths');
for (const option of ['--use-system-ca', '--use-openssl-ca']) {
  run(option, '-p', `process.env.SSL_CERT_FILE = 'ca.pem'; process.env.SSL_CERT_DIR = ''; delete process.env.NODE_EXTRA_CA_CERTS;
    tls.getCACertificates('default').length < 2`);
}
