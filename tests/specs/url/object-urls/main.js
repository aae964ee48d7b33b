// URLs of Blobs.
const { resolveObjectURL, Blob } = require('buffer');
const blob = new Blob(['hello'], { type: 'text/x' });
const href = URL.createObjectURL(blob);
console.log(/^blob:nodedata:[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(href), new URL(href).protocol, resolveObjectURL('blob:nodedata:none'), resolveObjectURL('nope'));
const found = resolveObjectURL(href);
console.log(found.size, found.type);
found.text().then((text) => {
  console.log(text);
  URL.revokeObjectURL(href);
  console.log(resolveObjectURL(href), URL.revokeObjectURL('x'));
});
