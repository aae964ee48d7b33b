// Blob and File: arguments, slices, brand checks, inspect, clones.
const p = console.log;
const t = (f) => { try { return f(); } catch (e) { return `${e.name} ${e.code} ${e.message}`; } };
const util = require('util');
(async()=>{
p(t(()=>Blob()),t(()=>new Blob(5)),t(()=>new Blob('x')),t(()=>new Blob({})),t(()=>new Blob(null)),t(()=>new Blob(undefined).size),t(()=>new Blob([],5)),t(()=>new Blob([],null).type),t(()=>new Blob([],()=>{}).type),t(()=>new Blob([],{type:5}).type),t(()=>new Blob([],{type:'é'}).type),t(()=>new Blob([],{type:'A/B'}).type),t(()=>new Blob([],{type:'a\nb'}).type),t(()=>new Blob([],{type:Symbol()}).type),t(()=>new Blob([],{endings:'x'})),t(()=>new Blob([],{endings:undefined}).size),t(()=>new Blob([Symbol()])),t(()=>new Blob(new Set(['a','b'])).size),t(()=>new Blob((function*(){yield 'a'})()).size));
const b=new Blob(['abc',new Uint8Array([100,101]),new DataView(new ArrayBuffer(2)),new ArrayBuffer(1), new Uint16Array([1])],{type:'text/x'});
p(b.size,b.type,b,util.inspect(b,{depth:-1}),[b],{a:{b:{c:b}}},util.inspect(b,{depth:0}),util.inspect({b},{depth:0}), Object.prototype.toString.call(b));
for (const a of [[],[1],[1,3],[-3],[-3,-1],[5,2],[100],['1','3'],[1.9,3.9],[NaN],[null,3],[0,undefined],[0,null],[Infinity],[1,2,'A/B'],[1,2,5],[1,2,null],[1,2,undefined],[1,2,'é'],[{}], [Symbol()]]) p(t(()=>{const s=b.slice(...a);return [s.size,s.type]}));
p(await b.text(), await b.arrayBuffer(), await b.bytes(), (await b.bytes()).constructor.name, await new Blob(['\ufeffx']).text()==='x',await new Blob([new Uint8Array([0xff,65])]).text());
p(await new Blob(['a\nb\r\nc\rd'],{endings:'native'}).text(),await new Blob(['a\r\n'],{endings:'transparent'}).text());
const pr=Blob.prototype;
for (const f of [()=>pr.size,()=>pr.type,()=>pr.slice(),()=>pr.text.call({}),()=>pr.arrayBuffer.call({}),()=>pr.bytes.call({}), ()=>Object.getOwnPropertyDescriptor(pr,'size').get.call({})]) { let r; try { r=f(); if (r?.catch) r=await r.catch(e=>`rejected ${e.name} ${e.code} ${e.message}`);} catch(e){r=`${e.name} ${e.code} ${e.message}`} p(r)}
p(t(()=>File([],'x')));
const f=new File(['ab'],'n.txt',{type:'a/b',lastModified:3});
p(f,util.inspect(f,{depth:-1}),Object.prototype.toString.call(f),f.slice(0,1),{a:{b:{c:f}}},await f.text(),util.inspect(f,{depth:0}));
for (const g of ['name','lastModified']) p(t(()=>Object.getOwnPropertyDescriptor(File.prototype,g).get.call({})), t(()=>Object.getOwnPropertyDescriptor(File.prototype,g).get.call(new Blob([]))));
p(t(()=>{const c=structuredClone(b);return [c,c instanceof Blob,c.size]}),await structuredClone(b).text());
p(t(()=>{const c=structuredClone(f);return [c,c instanceof File,c.name]}));
p(await new Blob([new String('x'),1,null,undefined,{},[1,2],true]).text(), new Blob([b,b]).size);
p(t(()=>new Blob([],{get type(){p('type');return ''},get endings(){p('endings');return 'native'}})));
class MyBlob extends Blob{}; p(new MyBlob(['x']), new MyBlob(['x']).slice());
const ab=new ArrayBuffer(2); const cb=new Blob([ab]); new Uint8Array(ab)[0]=65; p(await cb.text()==='\0\0');
})();
