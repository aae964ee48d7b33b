// Requests that are given up, at every stage.
const http = require('node:http');

const server = http.createServer((request, response) => {
  request.on('error', (error) => console.log('server request', error.code)).on('close', () => console.log('server request closed'));
  response.on('close', () => console.log('server response closed', response.writableFinished));
  response.write('part');
});

function listen(request, name, resolve) {
  for (const event of ['abort', 'error', 'close']) {
    request.on(event, (error) => {
      console.log(name, event, error?.code, error?.message, request.destroyed, request.aborted);
      if (event === 'close') setTimeout(resolve, 20);
    });
  }
}
server.listen(0, '127.0.0.1', async () => {
  const options = { host: '127.0.0.1', port: server.address().port };
  await new Promise((resolve) => {
    const request = http.get(options);
    listen(request, 'destroyed at once', resolve);
    request.destroy();
  });
  await new Promise((resolve) => {
    const request = http.get(options);
    listen(request, 'destroyed with an error', resolve);
    request.destroy(new Error('mine'));
  });
  await new Promise((resolve) => {
    const request = http.get({ ...options, signal: AbortSignal.abort() });
    listen(request, 'signal', resolve);
  });
  await new Promise((resolve) => {
    const request = http.get(options, (response) => {
      response.once('data', () => request.destroy());
      response.on('error', (error) => console.log('response', error.code, error.message));
      response.on('close', () => console.log('response closed', response.complete, response.aborted));
    });
    listen(request, 'destroyed within the response', resolve);
  });
  server.close();
});
