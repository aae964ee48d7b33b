// What fs consists of: names, numbers of arguments, constants, classes.
const fs = require('fs');
const describe = (object) => Object.getOwnPropertyNames(object).map((key) => {
  const { value, get, set, enumerable } = Object.getOwnPropertyDescriptor(object, key);
  const what = typeof value === 'function' ? `${value.name}/${value.length}` : get ? `get${set ? ' set' : ''}` : typeof value;
  return `${key}: ${what}${enumerable ? '' : ' hidden'}`;
}).join('\n  ');
console.log('fs', describe(fs));
console.log('promises', describe(fs.promises), fs.promises === require('fs/promises'), fs.promises.constants === fs.constants);
console.log(fs.constants, fs.R_OK);
console.log('Stats', describe(fs.Stats.prototype), describe(Object.getPrototypeOf(fs.Stats.prototype)));
console.log('Dirent', describe(fs.Dirent.prototype), new fs.Dirent('a', 1, 'p'));
console.log('Dir', describe(fs.Dir.prototype));
console.log('ReadStream', describe(fs.ReadStream.prototype), fs.ReadStream === fs.FileReadStream);
console.log('WriteStream', describe(fs.WriteStream.prototype), fs.WriteStream === fs.FileWriteStream);
console.log(typeof fs.realpath.native, typeof fs.realpathSync.native);
