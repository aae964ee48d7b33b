// TextEncoder and TextDecoder: arguments, labels, streams, inspect.
const p = console.log;
const t = (f) => { try { return f(); } catch (e) { return `${e.name} ${e.code} ${e.message}`; } };
const util = require('util');
const e=new TextEncoder();
p(t(()=>e.encodeInto()),t(()=>e.encodeInto('x')),t(()=>e.encodeInto(5,new Uint8Array(2))),t(()=>e.encodeInto('x',new Uint16Array(2))),t(()=>e.encodeInto('x',Buffer.alloc(2))),t(()=>e.encodeInto('é€',new Uint8Array(4))),t(()=>e.encodeInto('a\u{1f600}b',new Uint8Array(4))),t(()=>e.encodeInto('a\ud800b',new Uint8Array(10))),t(()=>e.encodeInto('',new Uint8Array(0))),t(()=>e.encodeInto('abc',new Uint8Array(new SharedArrayBuffer(2)))));
for (const g of ['encoding']) p(t(()=>Object.getOwnPropertyDescriptor(TextEncoder.prototype,g).get.call({}))); p(t(()=>TextEncoder.prototype.encode.call({},'x')),t(()=>TextEncoder.prototype.encodeInto.call({},'x',new Uint8Array(1))));
const d=new TextDecoder();
p(util.inspect(d,{depth:-1}),util.inspect(d,{depth:0}),util.inspect({a:d}),t(()=>TextDecoder()),String(d));
for (const g of ['encoding','fatal','ignoreBOM']) p(t(()=>Object.getOwnPropertyDescriptor(TextDecoder.prototype,g).get.call({}))); p(t(()=>TextDecoder.prototype.decode.call({})));
p(t(()=>new TextDecoder(5)),t(()=>new TextDecoder(null)),t(()=>new TextDecoder(undefined).encoding),t(()=>new TextDecoder('')),t(()=>new TextDecoder(Symbol())),t(()=>new TextDecoder(' UTF-8\n').encoding),t(()=>new TextDecoder('utf8\0')),t(()=>new TextDecoder('utf8',5)),t(()=>new TextDecoder('utf8',null).fatal),t(()=>new TextDecoder('utf8',()=>{}).fatal),t(()=>new TextDecoder('utf8',{fatal:'x',ignoreBOM:1})),t(()=>new TextDecoder('utf8',[])));
p(t(()=>d.decode()),t(()=>d.decode(undefined)),t(()=>d.decode(null)),t(()=>d.decode('x')),t(()=>d.decode({})),t(()=>d.decode(5)),t(()=>d.decode(new ArrayBuffer(2))),t(()=>d.decode(new SharedArrayBuffer(2))),t(()=>d.decode(new DataView(new ArrayBuffer(1)))),t(()=>d.decode(new Uint16Array([65,66]))),t(()=>d.decode(new Uint8Array(1),5)),t(()=>d.decode(new Uint8Array(1),null)),t(()=>d.decode(new Uint8Array(1),()=>{})));
for (const label of ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-2', 'koi8-r', 'macintosh', 'x-user-defined', 'gbk', 'gb18030', 'latin1', 'ascii', 'l1', 'unicode', 'us-ascii', 'hz-gb-2312', 'utf-7']) {
  p(label, t(() => { const d = new TextDecoder(label); return [d.encoding, ...[[0x41, 0x80, 0xe9, 0x20, 0xa4, 0xff], [0xff, 0xfe, 0x41, 0x00], [0xfe, 0xff, 0x00, 0x41], [0xef, 0xbb, 0xbf, 0x41]].map((x) => JSON.stringify(d.decode(new Uint8Array(x))))].join(' '); }));
}
const d8 = new TextDecoder('utf-8', { ignoreBOM: true }), parts = [[0xef], [0xbb, 0xbf, 0x41], [0xf0, 0x9f], [0x98], [0x80], [0xe2, 0x82], [0x41]];
p(parts.map((x) => d8.decode(new Uint8Array(x), { stream: true })), d8.decode(), parts.map((x) => d.decode(new Uint8Array(x), { stream: true })), d.decode());
const f = new TextDecoder('utf-8', { fatal: true });
p(f.decode(new Uint8Array([0xe2, 0x82]), { stream: true }), t(() => f.decode(new Uint8Array([0x41]), { stream: true })), t(() => f.decode(new Uint8Array([0x42]))));
