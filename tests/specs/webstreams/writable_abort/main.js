'use strict';

const log = console.log;
async function tick(count, name) {
  for (let i = 0; i < count; i++) {
    await 0;
    log(name, i);
  }
}
async function t7(){log('--7');tick(30,'t');const s=new ReadableStream({pull(){throw new Error('pp')}});const w=new WritableStream({abort(e){log('abort',e.message)}});try{await s.pipeTo(w)}catch(e){log('caught',e.message)}const ac=new AbortController();const p=new ReadableStream({pull(c){c.enqueue(1)},cancel(r){log('cancel',r)}}).pipeTo(new WritableStream({write(c,k){log('wr',c);ac.abort('why');},abort(r){log('ab',r)}}),{signal:ac.signal});try{await p}catch(e){log('E',e)}}
async function t8(){log('--8');tick(20,'t');const s=new ReadableStream({start(c){c.enqueue(1);c.enqueue(2)},cancel(r){log('cancel',r)}});for await(const x of s){log(x);break}log(s.locked);const s2=new ReadableStream({start(c){c.enqueue(1);c.error(new Error('z'))}});try{for await(const x of s2)log(x)}catch(e){log(e.message)}}
async function t9(){log('--9');tick(20,'t');const w=new WritableStream({write(){return new Promise(r=>setTimeout(r,5))},abort(r){log('ab',r)}});const wr=w.getWriter();wr.write(1).then(()=>log('w1'),e=>log('e1',e));wr.write(2).then(()=>log('w2'),e=>log('e2',e));wr.closed.catch(e=>log('closed',e));wr.ready.catch(e=>log('ready',e));await wr.abort('A');log('aborted')}
(async () => {
  for (const run of [t7, t8, t9]) {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
})();
