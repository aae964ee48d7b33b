'use strict';

const log = console.log;
async function tick(count, name) {
  for (let i = 0; i < count; i++) {
    await 0;
    log(name, i);
  }
}
async function t10(){log('--10');const e=new TextEncoderStream();const w=e.writable.getWriter();w.write('a\ud83d');w.write('\ude00b');w.close();for await(const x of e.readable)log(x);const d=new TextDecoderStream();const dw=d.writable.getWriter();dw.write(new Uint8Array([0xe2,0x82]));dw.write(new Uint8Array([0xac]));dw.close();for await(const x of d.readable)log(x);
 const t=new TransformStream({cancel(r){log('tc',r)}});await t.readable.cancel('k');log('c');try{await t.writable.getWriter().write(1)}catch(e){log('we',e)}}
(async () => {
  for (const run of [t10]) {
    await run();
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
})();
