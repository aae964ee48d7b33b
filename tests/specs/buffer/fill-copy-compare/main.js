// fill, copy, compare, equals, subarray, slice and inspect with every kind of argument.
const p = console.log;
const t = (f) => { try { return f(); } catch (e) { return `${e.name} ${e.code} ${e.message}`; } };
const b=Buffer.from('abcdefgh');
const n=()=>Buffer.from('abcdefgh');
// fill
for (const a of [[],[0],['x'],['xyz'],['é'],['','utf8'],['',1,2],['x',1],['x',1,3],['x',-1],['x',0,9],['x',9],['x',8],['x',3,1],['x',1.5],['x','1'],['x','hex'],['ab','hex'],['abc','hex'],['z','hex'],['ab',1,'hex'],['ab',1,3,'hex'],['ab',1,3,'nope'],['ab',1,3,5],['x',null],['x',undefined,3],['x',0,null],['x',0,undefined,'latin1'],['é',0,8,'latin1'],[256],[1.9],[-1],[true],[false],[null],[undefined],[{}],['1',1],[Buffer.from('12')],[Buffer.alloc(0)],[new Uint16Array([0x3132])],[new Uint8Array([65]),2,4],['Ā',0,8,'latin1'],['\u0141',0,8,'latin1'],['ab','ucs2'],['a',0,3,'ucs2'],['YQ==','base64'],['x',NaN],[5,'utf8'],[5,1,'hex'],[1n],[[]],[Symbol()],['a',0,8.5],['a',0,-1],[new DataView(new ArrayBuffer(1))]]) p(a.map(x=>typeof x==='symbol'?'s':typeof x==='object'&&x?'o':String(x)).join(),t(()=>n().fill(...a).toString('latin1')));
// copy
for (const a of [[],['x'],[{}],[new Uint16Array(4)],[n(),1],[n(),-1],[n(),9],[n(),8],[n(),0,9],[n(),0,8],[n(),0,-1],[n(),0,0,-1],[n(),0,0,20],[n(),0,5,2],[n(),'1'],[n(),NaN,NaN],[n(),1.9,2.9,4.9],[n(),null,null,null],[n(),undefined,3,undefined],[n(),'x'],[new ArrayBuffer(3)],[n(),{},1],[n(),Infinity],[n(),0,Infinity], [n(),0,0,Infinity], [n(),-Infinity]]) p(t(()=>b.copy(...a)),ArrayBuffer.isView(a[0])?Buffer.from(a[0].buffer,a[0].byteOffset,a[0].byteLength).toString('latin1'):'');
const c=n(); p(c.copy(c,2,0,5),c.toString(),c.copy(c,0,2,7),c.toString());
p(t(()=>Buffer.prototype.copy.call(new Uint8Array([1,2]),c)),t(()=>Buffer.prototype.copy.call({},c)));
// compare/equals
for (const a of [[],['a'],[n()],[n(),0],[n(),1,3,1,3],[n(),9],[n(),8],[n(),-1],[n(),0,9],[n(),0,8,9],[n(),0,8,8],[n(),0,8,-1],[n(),0,8,0,9],[n(),0,8,0,-1],[n(),'1'],[n(),1.5],[n(),NaN],[n(),null],[n(),5,2],[n(),5,2,3,1],[n(),0,8,3,1],[n(),0,0,0,0],[n(),0,2,0,0],[n(),0,0],[new Uint8Array(2)],[new Uint16Array(2)],[n(),undefined,undefined,undefined,undefined]]) p(t(()=>b.compare(...a)),t(()=>b.equals(...a)));
// subarray slice
for (const a of [[],[1],[1,3],[-3],[-3,-1],[5,2],[100],['1','3'],[1.9,3.9],[NaN],[null,3],[undefined,3],[0,undefined],[0,null],[Infinity],[-Infinity,Infinity],[{},{}],['x']]) p(t(()=>b.subarray(...a)),t(()=>b.slice(...a)));
p(b.slice(0,0).buffer===b.buffer, b.slice(0,0).byteOffset===b.byteOffset,b.subarray(2).offset===b.offset+2, b.slice() instanceof Buffer);
p(t(()=>b.toLocaleString('hex')),b.inspect(),require('util').inspect(b),t(()=>Buffer.prototype.parent),t(()=>Buffer.prototype.offset),t(()=>Buffer.prototype.parent.x));
const util=require('util'); const B=require('buffer');
const x=Buffer.from('abc'); x.prop=1; x[Symbol('s')]=2; p(x, util.inspect(x,{compact:false}), Buffer.alloc(60,1), util.inspect(Buffer.alloc(3),{depth:-1}),[Buffer.from('a')],{a:{b:{c:Buffer.from('a')}}});
B.INSPECT_MAX_BYTES=3; p(Buffer.from('abcdef'),Buffer.from('abcd'),Buffer.from('abc'),B.INSPECT_MAX_BYTES,t(()=>B.INSPECT_MAX_BYTES=-1),t(()=>B.INSPECT_MAX_BYTES='x'),t(()=>B.INSPECT_MAX_BYTES=1.5),t(()=>B.INSPECT_MAX_BYTES=NaN),B.INSPECT_MAX_BYTES,t(()=>B.INSPECT_MAX_BYTES=Infinity),Buffer.from('a')); B.INSPECT_MAX_BYTES=50;
class MB extends Buffer {}; p(t(()=>MB.from('x')));
class Sub extends Uint8Array{}; 
p(t(()=>Buffer.alloc(5,'abc',{}),''), t(()=>Buffer.from('abc').toString('hex',0,2)), t(()=>Buffer.from('a').at(0)));
p(t(()=>Buffer.poolSize=10),Buffer.from('abcdefgh').buffer.byteLength,Buffer.from('abcd').buffer.byteLength);
p(Buffer.from('abc') == 'abc', Buffer.from('a')+'b', `${Buffer.from('c')}`, JSON.stringify({a:Buffer.from('a')}));
