'use strict';
const { Writable } = require('stream');
const pino = require('pino');

const lines = [];
const sink = new Writable({ write(chunk, _, done) { lines.push(JSON.parse(chunk)); done(); } });
const log = pino({ base: { app: 'x' }, timestamp: false, redact: ['user.password'] }, sink);
log.info('plain');
log.warn({ user: { name: 'ann', password: 'secret' } }, 'with %s', 'format');
log.debug('not shown');
log.child({ part: 'db' }).error(new Error('broken'), 'failed');
for (const { err, ...line } of lines) console.log(line, err && [err.type, err.message, typeof err.stack]);
pino({ timestamp: false, base: null }, pino.destination({ dest: 1, sync: true })).info({ n: 1n }, 'to stdout');
