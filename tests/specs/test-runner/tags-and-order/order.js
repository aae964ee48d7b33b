const {test, suite}=require('node:test');
suite('s1', ()=>{ for (const n of 'abcd') test(n, ()=>{}); });
suite('s2', ()=>{ for (const n of 'abcd') test(n, ()=>{}); });
test('t', async (t)=>{ for (const n of 'abcd') await t.test(n, ()=>{}); });
