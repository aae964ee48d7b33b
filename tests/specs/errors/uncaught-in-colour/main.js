// FORCE_COLOR colours what an uncaught error shows.
const error = new TypeError('colourful', { cause: { status: 404 } });
error.stack = `TypeError: colourful\n    at work (${__dirname}/work.js:1:2)\n    at node:internal/made/up:3:4`;
error.details = ['text', 5, null, /re/, Symbol('s')];
const show = require('util').inspect(error, { colors: true });
console.log(JSON.stringify(show.replaceAll(__dirname, '.')).replaceAll('\\u001b', '^'));
throw error;
