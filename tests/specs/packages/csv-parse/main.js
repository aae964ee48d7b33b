'use strict';
const { Readable } = require('stream');
const { parse } = require('csv-parse');
const { parse: parseSync } = require('csv-parse/sync');

const text = 'id,name,note\n1,Ann,"said ""hi"", left"\n2,Bob,"two\nlines"\n3,Cy,\n';
console.log(parseSync(text, { columns: true }));
console.log(parseSync('a;b\n1;2', { delimiter: ';', cast: true }));
try {
  parseSync('a,b\n1', { columns: true });
} catch (error) {
  console.log(error.code, error.message);
}
const parser = Readable.from(text.match(/[\s\S]{1,7}/g)).pipe(parse({ from_line: 2 }));
(async () => {
  for await (const record of parser) console.log(record);
  console.log(parser.info.records);
})();
