// Digests of texts in one piece and in several, and of what else goes with them.
const crypto = require('crypto');

const make = (...options) => crypto.createHash('sha256', ...options);
const show = (name, hash, encoding = 'hex') => console.log(name, hash.digest(encoding));

show('nothing', make());
show('empty text', make().update(''));
show('text', make().update('one'));
show('base64', make().update('one'), 'base64');
console.log('bytes', make().update('one').digest());
show('texts', make().update('one').update('two'));
show('a pair in two halves', make().update('\ud83d').update('\ude00'));
show('a pair', make().update('\ud83d\ude00'));
show('text, bytes', make().update('one').update(Buffer.from('two')));
show('bytes, text', make().update(Buffer.from('one')).update('two'));
show('hex text', make().update('6f6e65', 'hex'));
show('utf8, hex', make().update('one', 'utf8').update('74776f', 'hex'));
show('unknown', make().update('one', undefined));
for (const length of [1023, 1024, 1025, 5000]) show(`${length}`, make().update('é'.repeat(length)).update('x'));

const bytes = Buffer.from('changes');
const hash = make().update(bytes);
bytes.fill(0);
show('bytes that change afterwards', hash);

const base = make().update('one');
const copy = base.copy();
show('copy', copy.update('two'));
show('original', base);
show('copy of nothing', make().copy());
for (const action of [() => base.update('more'), () => base.digest(), () => base.copy()]) {
  try {
    action();
  } catch (error) {
    console.log(error.code, error.message);
  }
}

show('other length', crypto.createHash('shake128', { outputLength: 8 }).update('one'));
show('no length', crypto.createHash('shake128', { outputLength: 0 }).update('one'));

const stream = make();
stream.write('one');
stream.end('two', () => {
  console.log('stream', stream.read().toString('hex'));
  console.log('and again', stream.digest('hex'));
});
const piped = make();
piped.update('one');
piped.on('data', (data) => console.log('piped', data.toString('hex'))).end('two');
for (const hashed of [crypto.createHash('md5'), crypto.createHash('sha512'), crypto.createHash('RSA-SHA1')]) {
  show('another', hashed.update('one').update('two'));
}
