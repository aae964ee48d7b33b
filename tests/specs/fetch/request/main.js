'use strict';

const p=(f)=>{try{console.log(f())}catch(e){console.log(e.name,e.code,e.message)}};
const pr=async(f)=>{try{console.log(await f())}catch(e){console.log('R',e.name,e.code,e.message,e.cause&&[e.cause.name,e.cause.code,e.cause.message])}};
(async () => {
const r=new Response('hi',{status:201,headers:{x:'y'}});
p(()=>r);
p(()=>new Request('http://a/b?c#d'));
p(()=>new Request('x'));
p(()=>new Request('http://u:p@h'));
p(()=>new Request('http://a',{method:'GET',body:'x'}));
p(()=>new Request('http://a',{method:'CONNECT'}));
p(()=>new Request('http://a',{method:'b d'}));
p(()=>new Request('http://a',{method:'post'}).method);
p(()=>new Request('http://a',{mode:'navigate'}));
p(()=>new Request('http://a',{mode:'q'}));
p(()=>new Request('http://a',{method:'POST',body:new ReadableStream()}));
p(()=>new Request('http://a',{method:'POST',body:new ReadableStream(),duplex:'half'}).duplex);
p(()=>new Request('http://a',{signal:1}));
p(()=>new Request('http://a',{redirect:'x'}));
p(()=>new Request());
})();
