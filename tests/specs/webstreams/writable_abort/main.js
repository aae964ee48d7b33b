'use strict';

const log = console.log;
async function tick(count, name) {
  for (let i = 0; i < count; i++) {
    await 0;
    log(name, i);
  }
}
async function t9(){log('--9');tick(20,'t');const w=new WritableStream({write(){return new Promise(r=>setTimeout(r,5))},abort(r){log('ab',r)}});const wr=w.getWriter();wr.write(1).then(()=>log('w1'),e=>log('e1',e));wr.write(2).then(()=>log('w2'),e=>log('e2',e));wr.closed.catch(e=>log('closed',e));wr.ready.catch(e=>log('ready',e));await wr.abort('A');log('aborted')}
(async () => {
  for (const run of [t9]) {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
})();
