// indexOf, lastIndexOf and includes with every kind of value, offset and encoding.
const p = console.log;
const t = (f) => { try { return f(); } catch (e) { return `${e.name} ${e.code} ${e.message}`; } };
const b=Buffer.from('hello hello world');
for (const a of [['o'],['o',5],['o',-3],['o',NaN],['o',undefined],['o',null],['o',{}],['o','6'],['o',[]],['o',100],['',100],['',3],['',-3],['',-100],[111.9],[99.5+256],[-145],[Buffer.from('')],[Buffer.from('lo'),4],['lo','utf8'],['lo','hex'],['6c6f','hex'],['6c6f',5,'hex'],['o',0,'nope'],[new Uint8Array([111])],[new Uint16Array([0x6f6c])],[null],[undefined],[true],[{}],[Symbol()],['6c6',0,'hex'],['zz',0,'hex'],['aG',0,'base64'],['l','ucs2'],['hello'.repeat(9)], ['o', Infinity],['o',-Infinity],[new String('o')],[1n]]) p(a.map(x=>typeof x==='symbol'?'sym':typeof x==='bigint'?'1n':ArrayBuffer.isView(x)?'view':JSON.stringify(x)).join(),t(()=>b.indexOf(...a)),t(()=>b.lastIndexOf(...a)),t(()=>b.includes(...a)));
const u=Buffer.from('aébaéb','ucs2');
p(u.indexOf('b','ucs2'),u.indexOf('b',3,'ucs2'),u.indexOf('b',5,'ucs2'),u.lastIndexOf('b','ucs2'),u.lastIndexOf('b',9,'ucs2'),u.lastIndexOf('b',8,'ucs2'),u.indexOf(Buffer.from([0]),0),u.indexOf(Buffer.from([0,0xe9]),0,'ucs2'),u.indexOf(Buffer.from([0xe9,0]),1,'ucs2'),u.indexOf(Buffer.from([0xe9]),1,'ucs2'),u.indexOf('',3,'ucs2'),u.lastIndexOf('','ucs2'));
p(u.indexOf.length,t(()=>Buffer.prototype.indexOf.call(new Uint8Array([1,2]),2)),t(()=>Buffer.prototype.indexOf.call({},2)),t(()=>Buffer.prototype.indexOf.call('str',2)));
