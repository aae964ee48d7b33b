// When each combinator settles, counted in microtasks.
let chain = Promise.resolve();
for (let i = 1; i <= 6; i++) chain = chain.then(() => console.log('turn', i));
const ok = () => Promise.resolve('ok');
const no = () => Promise.reject(new Error('no'));
Promise.all([ok(), 1, ok()]).then((v) => console.log('all', v));
Promise.allSettled([ok(), no()]).then((v) => console.log('allSettled', v.map((r) => r.status)));
Promise.any([no(), ok()]).then((v) => console.log('any', v));
Promise.race([ok(), no()]).then((v) => console.log('race', v));
Promise.all([no(), ok()]).catch((e) => console.log('all rejected', e.message));
Promise.any([no()]).catch((e) => console.log(e.name, e.errors.length, e.message));
Promise.all([]).then((v) => console.log('empty', v));
