'use strict';
// An API with a router, middleware, a JSON body, an error handler and a parameter.
const http = require('http');
const express = require('express');

const app = express();
const notes = new Map([[1, 'first']]);
app.use(express.json());
app.use((req, res, next) => {
  res.set('x-request', `${req.method} ${req.path}`);
  next();
});
const router = express.Router();
router.get('/', (req, res) => res.json([...notes].filter(([, text]) => text.includes(req.query.has ?? ''))));
router.get('/:id', (req, res, next) => {
  const note = notes.get(Number(req.params.id));
  if (note === undefined) next(Object.assign(new Error(`no note ${req.params.id}`), { status: 404 }));
  else res.send(note);
});
router.post('/', (req, res) => {
  notes.set(notes.size + 1, req.body.text);
  res.status(201).location(`/notes/${notes.size}`).json({ id: notes.size });
});
app.use('/notes', router);
app.use((error, req, res, next) => res.status(error.status ?? 500).json({ error: error.message }));

const server = app.listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  await ask('GET', `${base}/notes?has=i`);
  await ask('GET', `${base}/notes/1`);
  await ask('GET', `${base}/notes/7`);
  await ask('POST', `${base}/notes`, '{"text":"second"}');
  await ask('POST', `${base}/notes`, '{"text":');
  await ask('GET', `${base}/notes`);
  await ask('GET', `${base}/nowhere`);
  server.close(() => console.log('closed'));
});

function ask(method, url, body) {
  return new Promise((resolve, reject) => {
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const request = http.request(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => {
        const { etag, 'x-request': seen, 'content-type': type, location } = response.headers;
        console.log(response.statusCode, type, etag, seen, location, text.replace(/\s+/g, ' '));
        resolve();
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}
