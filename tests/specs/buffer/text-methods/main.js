// Odd base64 and hexadecimal text, the methods of single encodings, toString and write with every kind of argument.
const p = console.log;
const t = (f) => { try { return f(); } catch (e) { return `${e.name} ${e.code} ${e.message}`; } };
const h=(s,e='base64')=>Buffer.from(s,e).toString('hex');
p(h('aGk=aGk='),h('a=Gk'),h('aG=k'),h('aGk\u20acaGk'),h('aGkéa'),h('=aGk'),h('a'),h('ab'),h('abc'),h('abcde'),h('a-_b'),h('a+/b'), h('aGk==aGk'),h('ab=c'),h('ab==cdef'),h('abc=defg'));
p(h('abc','hex'),h('abzz12','hex'),h('1\u0161','hex'),h('12\u0131\u0132','hex'));
// slices natively
const b=Buffer.from('héllo wörld');
p(t(()=>b.utf8Slice(0,100)),t(()=>b.utf8Slice(5)),t(()=>b.utf8Slice(-1,3)),t(()=>b.utf8Slice(3,1)),t(()=>b.utf8Slice('1','3')),t(()=>b.utf8Slice(20)),t(()=>b.latin1Slice(undefined,3)), t(()=>b.hexSlice(1.5,3)),t(()=>b.utf8Slice.call({},1)),t(()=>b.utf8Slice.call(new Uint8Array([65,66]),0)), t(()=>b.utf8Slice.call(new Uint16Array([65,66]),0)));
p(t(()=>b.utf8Write('x',100)),t(()=>b.utf8Write(5)),t(()=>b.utf8Write('x',-1)),t(()=>b.utf8Write('xyz',0,2)),t(()=>b.utf8Write('xyz',0,200)),t(()=>b.hexWrite('abc')),t(()=>b.hexWrite('zz')),t(()=>b.latin1Write('x',12.5)),t(()=>b.utf8Write('x',13)),t(()=>b.utf8Write('x',14)),t(()=>b.asciiWrite('x',14)),t(()=>b.utf8Write('x',0,-1)));
p(t(()=>b.toString('utf8',-3,4)),t(()=>b.toString('utf8',NaN,'4')),t(()=>b.toString('utf8',1.9,4.9)),t(()=>b.toString('utf8',Infinity)),t(()=>b.toString('utf8',0,Infinity)),t(()=>b.toString(5)),t(()=>b.toString(null)),t(()=>b.toString('UTF-8')),t(()=>b.toString('Ucs-2')),t(()=>b.toString('utf-16le')),t(()=>b.toString('buffer')),t(()=>b.toString('')));
p(t(()=>Buffer.isEncoding('')),t(()=>Buffer.isEncoding(null)),t(()=>Buffer.isEncoding('BASE64URL')),t(()=>Buffer.isEncoding('buffer')),Buffer.isEncoding('ucs-2'),Buffer.isEncoding('utf-16le'),Buffer.isEncoding('utf16le'));
p(t(()=>b.write('x','utf8')),t(()=>b.write('x',0,'utf8')),t(()=>b.write('x',0,1,'nope')),t(()=>b.write('x',-1)),t(()=>b.write('x',0,100)),t(()=>b.write('x',0,-1)),t(()=>b.write('x','nope')),t(()=>b.write('x',1.5)),t(()=>b.write('x',null)),t(()=>b.write('x',undefined,1)),t(()=>b.write('xyz',13)),t(()=>b.write('x',0,null)),t(()=>b.write('x',0,1,5)),t(()=>b.write('xyz',12,undefined)));
