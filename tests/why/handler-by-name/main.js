// why: fileIsRead
const { readFile } = require('node:fs/promises');
function fileIsRead(text) { console.log(text.length > 0); }
readFile(__filename).then(fileIsRead, function failed() {});
