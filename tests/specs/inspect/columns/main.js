// Lists of every length and width in columns; every way of breaking lines.
const { inspect } = require('util');
const T = (f) => { try { console.log(f()); } catch (e) { console.log('THREW', e?.name, e?.code, String(e?.message)); } };
for (const compact of [0,1,2,3,5,true,false]) for (const breakLength of [10,40,80,Infinity]) T(()=>compact+' '+breakLength+' '+inspect({a:{b:[1,2,{c:'x'.repeat(20)}],m:new Map([['k',{v:1}]])},s:'str',f(){},arr:new Array(8).fill('abcdef'),e:[],o:{}},{compact,breakLength,depth:4}));
// random arrays
let seed=1; const rnd=(n)=>{seed=(seed*1103515245+12345)&0x7fffffff;return seed%n};
for(let i=0;i<30;i++){ const len=rnd(130); const kind=rnd(5); const a=Array.from({length:len},()=>kind===0?rnd(10**rnd(8)):kind===1?'s'.repeat(rnd(20)):kind===2?(rnd(2)?rnd(1000):'x'.repeat(rnd(10))):kind===3?BigInt(rnd(100000)):rnd(3)?{a:rnd(10)}:'漢'.repeat(rnd(4))); T(()=>inspect(rnd(3)?a:{x:{y:a}},{breakLength:[60,80,100,Infinity][rnd(4)],compact:[3,3,1,2][rnd(4)],maxArrayLength:[100,100,10,3][rnd(4)],colors:!rnd(4)})) }
