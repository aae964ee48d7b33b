'use strict';

// The ciphers and their sizes (https://nodejs.org/api/crypto.html#cryptogetcipherinfonameornid-options).

const { codes } = require('internal/errors');

/** Name → { name, nid, mode, keyLength, blockSize, ivLength, family, native }. */
const table = new Map();

function add(names, name, nid, mode, keyLength, blockSize, ivLength, family, native = mode) {
  const info = { name, nid, mode, keyLength, blockSize, ivLength, family, native };
  for (const one of names) table.set(one, info);
}

// By bits of the key, in the order of the columns below.
const modes = [
  // mode, native mode, name in the table or undefined, block size, length of the vector, numbers for 128, 192 and 256
  ['cbc', 'cbc', 16, 16, [419, 423, 427]],
  ['cfb', 'cfb', 1, 16, [421, 425, 429]],
  ['cfb1', 'cfb1', 1, 16, [650, 651, 652]],
  ['cfb8', 'cfb8', 1, 16, [653, 654, 655]],
  ['ctr', 'ctr', 1, 16, [904, 905, 906]],
  ['ecb', 'ecb', 16, undefined, [418, 422, 426]],
  ['ocb', 'ocb', 16, 12, [958, 959, 960]],
  ['ofb', 'ofb', 1, 16, [420, 424, 428]],
  ['gcm', 'gcm', 1, 12, [895, 898, 901]],
  ['ccm', 'ccm', 1, 12, [896, 899, 902]],
  ['wrap', 'wrap', 8, 8, [788, 789, 790]],
  ['wrap-pad', 'wrap-pad', 8, 4, [897, 900, 903]],
];

[128, 192, 256].forEach((bits, index) => {
  for (const [suffix, native, blockSize, ivLength, nids] of modes) {
    const plain = `aes-${bits}-${suffix}`;
    const names = [plain];
    let name = plain;
    if (native === 'gcm' || native === 'ccm' || native.startsWith('wrap')) {
      name = `id-aes${bits}-${suffix}`;
      names.push(name);
    }
    if (native.startsWith('wrap')) names.push(`aes${bits}-${suffix}`);
    if (native === 'cbc') names.push(`aes${bits}`);
    const mode = native.startsWith('cfb') ? 'cfb' : native.startsWith('wrap') ? 'wrap' : native;
    add(names, name, nids[index], mode, bits / 8, blockSize, ivLength, 'aes', native);
  }
});
for (const [bits, nid] of [[128, 913], [256, 914]]) {
  add([`aes-${bits}-xts`], `aes-${bits}-xts`, nid, 'xts', bits / 4, 1, 16, 'aes');
}
add(['chacha20'], 'chacha20', 1019, 'stream', 32, undefined, 16, 'chacha20', 'plain');
add(['chacha20-poly1305'], 'chacha20-poly1305', 1018, 'stream', 32, undefined, 12, 'chacha20', 'poly1305');
const des = [
  ['', 'ecb', 'ecb', [32, 33], 8, undefined],
  ['-cbc', 'cbc', 'cbc', [43, 44], 8, 8],
  ['-cfb', 'cfb', 'cfb', [60, 61], 1, 8],
  ['-cfb1', 'cfb', 'cfb1', [undefined, 658], 1, 8],
  ['-cfb8', 'cfb', 'cfb8', [undefined, 659], 1, 8],
  ['-ofb', 'ofb', 'ofb', [62, 63], 1, 8],
];
for (const [suffix, mode, native, nids, blockSize, ivLength] of des) {
  ['des-ede', 'des-ede3'].forEach((family, index) => {
    if (nids[index] === undefined) return;
    const names = [family + suffix];
    if (suffix === '') names.push(`${family}-ecb`);
    if (family === 'des-ede3' && mode === 'cbc') names.push('des3');
    add(names, family + suffix, nids[index], mode, 16 + 8 * index, blockSize, ivLength, 'des', native);
  });
}

/** What is known about a cipher, undefined for an unknown one. */
function cipherByName(name) {
  return table.get(name.toLowerCase());
}

function getCiphers() {
  return [...table.keys()].sort();
}

function byNid(nid) {
  for (const info of table.values()) if (info.nid === nid) return info;
  return undefined;
}

/** Whether a cipher takes vectors of this length. */
function takesIv({ native, ivLength }, length) {
  switch (native) {
    case 'ecb':
      return length === 0;
    case 'gcm':
      return length > 0;
    case 'ccm':
      return length >= 7 && length <= 13;
    case 'ocb':
      return length >= 1 && length <= 15;
    default:
      return length === ivLength;
  }
}

function getCipherInfo(nameOrNid, options = undefined) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  const { validateInt32, validateObject } = require('internal/validators');
  if (typeof nameOrNid === 'number') validateInt32(nameOrNid, 'nameOrNid');
  let keyLength;
  let ivLength;
  if (options !== undefined) {
    validateObject(options, 'options');
    ({ keyLength, ivLength } = options);
    if (keyLength !== undefined) validateInt32(keyLength, 'options.keyLength');
    if (ivLength !== undefined) validateInt32(ivLength, 'options.ivLength');
  }
  const info = typeof nameOrNid === 'string' ? cipherByName(nameOrNid) : byNid(nameOrNid);
  if (info === undefined) return undefined;
  if (keyLength !== undefined && keyLength !== info.keyLength) return undefined;
  if (ivLength !== undefined && !takesIv(info, ivLength)) return undefined;
  const found = { __proto__: null, mode: info.mode, name: info.name, nid: info.nid, keyLength: info.keyLength };
  if (info.blockSize !== undefined) found.blockSize = info.blockSize;
  if (info.ivLength !== undefined) found.ivLength = ivLength ?? info.ivLength;
  return found;
}

module.exports = { cipherByName, getCipherInfo, getCiphers, takesIv };
