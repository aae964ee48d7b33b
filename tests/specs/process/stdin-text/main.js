// Standard input as a stream of text.
process.stdin.setEncoding('utf8');
let text = '';
process.stdin.on('data', (chunk) => (text += chunk));
process.stdin.on('end', () => console.log(JSON.stringify(text)));
console.log('waiting');
