'use strict';

const log = console.log;
async function tick(count, name) {
  for (let i = 0; i < count; i++) {
    await 0;
    log(name, i);
  }
}
async function t6(){log('--6');tick(30,'t');let c;const s=new ReadableStream({type:'bytes',async pull(c){log('pull',c.byobRequest&&c.byobRequest.view.byteLength);if(c.byobRequest){c.byobRequest.view[0]=7;c.byobRequest.respond(1)}else c.enqueue(new Uint8Array([1,2,3]))}});const r=s.getReader({mode:'byob'});log(await r.read(new Uint8Array(3)));log(await r.read(new Uint16Array(2)));r.releaseLock();const d=s.getReader();log(await d.read());}
async function t11(){log('--11');const s=new ReadableStream({type:'bytes',start(c){c.enqueue(new Uint8Array([1,2,3,4]));c.close()}});const[a,b]=s.tee();const r=a.getReader({mode:'byob'});log(await r.read(new Uint8Array(2)));for await(const x of b)log(x);log(await r.read(new Uint8Array(9)));log(await r.read(new Uint8Array(9)))}
(async () => {
  for (const run of [t6, t11]) {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
})();
