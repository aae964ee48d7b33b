'use strict';

const log = console.log;
(async () => {
log(new CloseEvent('x',{code:1,reason:'r',wasClean:true}).code,new ErrorEvent('e',{message:'m',lineno:3,error:1}).lineno);
for(const f of [()=>new CloseEvent(),()=>new ErrorEvent(),()=>new WebSocket(),()=>new CloseEvent('a',1),()=>new ErrorEvent('a',1)])try{f()}catch(e){log(e.name,e.code,e.message)}
})();
