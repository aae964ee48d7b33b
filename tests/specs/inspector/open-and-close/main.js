'use strict';

const inspector = require('inspector');
const http = require('http');
const { spawnSync } = require('child_process');

function get(port, path, headers = {}) {
  return new Promise((resolve) => {
    http.get({ port, path, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => (body += chunk)).on('end', () => resolve(body));
    }).on('error', (error) => resolve(error.code));
  });
}

async function main() {
  const handle = inspector.open(0);
  const url = new URL(inspector.url());
  console.log(url.protocol, url.hostname, url.port === String(process.debugPort), url.pathname.length);
  const [target] = JSON.parse(await get(url.port, '/json/list'));
  console.log(Object.keys(target), target.webSocketDebuggerUrl === url.href, target.url.split('/').pop());
  console.log(JSON.parse(await get(url.port, '/json/version'))['Protocol-Version']);
  const { domains, version } = JSON.parse(await get(url.port, '/json/protocol'));
  const names = domains.map(({ domain }) => domain);
  console.log(version, ['Debugger', 'HeapProfiler', 'Profiler', 'Runtime'].every((name) => names.includes(name)));
  console.log(await get(url.port, '/json', { host: 'example.com' }));
  try {
    inspector.open(0);
  } catch (error) {
    console.log(error.code, error.message);
  }
  inspector.close();
  inspector.close();
  console.log(inspector.url(), await get(url.port, '/json'));
  const again = inspector.open(0, 'localhost');
  console.log(new URL(inspector.url()).hostname);
  again[Symbol.dispose]();
  console.log(inspector.url(), Object.getPrototypeOf(handle));
}

// What is written to standard error has a random name in it.
if (process.argv[2] === 'child') main();
else spawnSync(process.execPath, [__filename, 'child'], { stdio: ['ignore', 'inherit', 'ignore'] });
