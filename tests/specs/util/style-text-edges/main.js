// styleText: nesting, lists, hex colours, streams, refusals.
const util = require('util');
const T = (f) => { try { console.log(f()); } catch (e) { console.log('THREW', e?.name, e?.code, String(e?.message)); } };
// styleText
for (const a of [['red','x'],[['red','bold'],'x'],['#ff0000','x'],['#f00','x'],['#zz','x'],[[],'x'],['',''],['none','x'],[['none','red'],'x'],['red',1],[5,'x'],[['x'],'y'],['gray','g'],['bgRed','g'],['reset','x']]) T(()=>JSON.stringify(util.styleText(a[0],a[1],{validateStream:false})));
T(()=>util.styleText('red','x',{stream:{}}));T(()=>util.styleText('red','x',{stream:process.stdout}));T(()=>util.styleText('red','x',{validateStream:5}));T(()=>util.styleText('red','x',5)); T(()=>util.styleText('red','x',{stream:{isTTY:true,write(){},on(){}, getColorDepth(){return 8}}})); T(()=>JSON.stringify(util.styleText('red','a'+util.styleText('blue','b',{validateStream:false})+util.styleText('bold','b',{validateStream:false})+'c',{validateStream:false})));T(()=>JSON.stringify(util.styleText('bold','a'+util.styleText('dim','b',{validateStream:false})+'c',{validateStream:false})));
