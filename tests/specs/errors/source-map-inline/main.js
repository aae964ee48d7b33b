'use strict';
const { SourceMap } = require('module');
const payload = { version: 3, sources: ['a.ts'], sourcesContent: ['let x: number;\nthrow x;\n'], names: ['x'], mappings: 'AAAA,IAAIA;AACJ,MAAMA' };
const map = new SourceMap(payload);
console.log(map.findEntry(1, 6), map.findOrigin(2, 7));
console.log(map.findEntry(0, 0), map.payload.sources);
try {
  require('./made.js');
} catch (error) {
  console.log(error.stack.split('\n')[1].replace(__dirname, ''));
}
console.log(process.sourceMapsEnabled, require('module').getSourceMapsSupport());
