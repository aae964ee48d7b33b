'use strict';

const p=(f)=>{try{console.log(f())}catch(e){console.log(e.name,e.code,e.message)}};
const pr=async(f)=>{try{console.log(await f())}catch(e){console.log('R',e.name,e.code,e.message,e.cause&&[e.cause.name,e.cause.code,e.cause.message])}};
(async () => {
const cl=new Response('abc');
const c2=cl.clone();
await pr(()=>cl.text());
await pr(()=>c2.text());
p(()=>cl.bodyUsed);
await pr(()=>fetch('http://127.0.0.1:1/'));
await pr(()=>fetch('x'));
await pr(()=>fetch());
await pr(()=>fetch('ftp://a'));
await pr(()=>fetch('data:text/plain;base64,aGk=').then(r=>r.text()));
await pr(()=>fetch('data:,a%20b'));
await pr(()=>fetch('data:x'));
await pr(()=>fetch('about:blank'));
await pr(()=>fetch('http://a',{signal:AbortSignal.abort()}));
await pr(()=>fetch('http://a',{signal:AbortSignal.abort('w')}));
await pr(()=>fetch('http://127.0.0.1:1',{mode:'same-origin'}));
})();
