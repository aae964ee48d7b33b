// A digest ends once; copies go their own way; text has an encoding.
const { createHash, createHmac, hash } = require('crypto');
const attempt = (what) => {
  try {
    console.log(what());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
};
const first = createHash('sha256').update('ab');
const copy = first.copy();
attempt(() => first.digest('hex'));
attempt(() => copy.update('c').digest('base64url'));
attempt(() => first.digest());
attempt(() => first.update('x'));
attempt(() => first.copy());
attempt(() => createHash('md5').update('616263', 'hex').digest('latin1').length);
attempt(() => createHash('md5').update(7));
attempt(() => createHash('nothing'));
attempt(() => createHash());
attempt(() => createHash('sha256', { outputLength: 7 }));
attempt(() => hash('sha1', 'abc'));
attempt(() => hash('sha1', new Uint16Array([1, 2]), 'buffer'));
attempt(() => hash('sha1', 'abc', { outputEncoding: 'nothing' }));
attempt(() => createHmac('sha256', 'key').update('data').digest('hex'));
attempt(() => createHmac('sha256', 'k'.repeat(200)).update('data').digest('hex'));
attempt(() => createHmac('nothing', 'key'));
attempt(() => createHmac('sha1'));
const hmac = createHmac('md5', '');
attempt(() => hmac.digest('hex'));
attempt(() => hmac.digest('hex') === '');
