const {test, suite}=require('node:test');
test('a', {tags:['slow','db']}, (t)=>{ console.log(t.tags); });
test('b', {tags:['fast']}, ()=>{});
test('c', ()=>{});
suite('z', {tags:['slow']}, ()=>{ test('in', {tags:['fast']}, (t)=>{console.log(t.tags)}) ; test('in2', ()=>{})});
test('d', async (t)=>{ await t.test('sub', {tags:['slow']}, ()=>{}); await t.test('sub2', ()=>{}) });
try { test('e', {tags:'x'}, ()=>{}) } catch (e) { console.log(e.message) }
try { test('e', {tags:['']}, ()=>{}) } catch (e) { console.log(e.message) }
try { test('e', {tags:['A-b c&']}, ()=>{}) } catch (e) { console.log(e.message) }
