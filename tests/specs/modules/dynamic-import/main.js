// import() from CommonJS: a promise, the same namespace each time, relative to the file.
console.log('main');
const p = import('./lib/a.mjs');
console.log(p instanceof Promise);
p.then(async (a) => {
  console.log(a.default, (await import('./lib/a.mjs')) === a, a.sibling);
  console.log((await import('./lib/b.cjs')).default, (await import('node:path')).sep, (await import('fs')).default === require('fs'));
  console.log(await import('./nope.mjs').catch((e) => e.code));
  console.log((await import(__filename.replace('main.js', 'lib/a.mjs')).catch((e) => e.code)) === a);
  console.log((await import(require('url').pathToFileURL(__dirname + '/lib/a.mjs'))) === a);
  console.log((await import('./lib/a.mjs?query')) === a, (await import('./lib/a.mjs#hash')) === a);
});
