'use strict';

const log = console.log;
(async () => {
const w=navigator.locks;log(await w.request('a',async l=>{log(l.name,l.mode,(await w.query()).held.length);return 5}));log(await w.request('a',{ifAvailable:true},l=>l&&l.mode));
const order=[];const p1=w.request('q',async()=>{order.push(1);await new Promise(r=>setTimeout(r,10));order.push(2)});const p2=w.request('q',{ifAvailable:true},l=>order.push(l));const p3=w.request('q',()=>order.push(3));await Promise.all([p1,p2,p3]);log(order);
for(const f of [()=>w.request(),()=>w.request('-a',()=>{}),()=>w.request('a',1),()=>w.request('a',{mode:'x'},()=>{}),()=>w.request('a',{steal:true,ifAvailable:true},()=>{}),()=>w.request('a',{signal:AbortSignal.abort()},()=>{}),()=>w.request('a',{steal:true,signal:new AbortController().signal},()=>{})])try{await f()}catch(e){log(e.name,e.code,e.message)}
})();
