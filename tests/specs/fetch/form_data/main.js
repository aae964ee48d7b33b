'use strict';

const p=(f)=>{try{console.log(f())}catch(e){console.log(e.name,e.code,e.message)}};
const pr=async(f)=>{try{console.log(await f())}catch(e){console.log('R',e.name,e.code,e.message,e.cause&&[e.cause.name,e.cause.code,e.cause.message])}};
(async () => {
const f=new FormData();
f.append('a','1');
p(()=>f.get('c').name);
p(()=>f.append('a'));
p(()=>f.append('a','b','c'));
p(()=>new FormData(1));
p(()=>f.has('a'));
p(()=>f.getAll('a'));
p(()=>[...f.keys()]);
p(()=>f.entries());
})();
