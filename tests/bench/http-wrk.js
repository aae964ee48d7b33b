// HTTP hello under wrk with 64 connections: milliseconds for 10,000 requests.
const http = require('http');
const { execFile } = require('child_process');
const server = http.createServer((request, response) => response.end('hello')).listen(0, '127.0.0.1', () => {
  const url = `http://127.0.0.1:${server.address().port}/`;
  execFile('wrk', ['-c64', '-t1', '-d3s', url], (error, stdout) => {
    if (error) throw new Error(`wrk cannot run (apt-get install wrk): ${error.message}`);
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`Error: wrk saw failures: ${stdout}`);
    console.log('ms', 1e7 / Number(/Requests\/sec:\s*([\d.]+)/.exec(stdout)[1]));
    process.exit();
  });
});
