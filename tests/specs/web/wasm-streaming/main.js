const bytes = new Uint8Array([0,97,115,109,1,0,0,0,1,5,1,96,0,1,127,3,2,1,0,7,5,1,1,102,0,0,10,6,1,4,0,65,42,11]);
const show = async (p) => { try { console.log(await p()) } catch (e) { console.log(e.name, e.code, e.message) } };
const r = (type = 'application/wasm', init) => new Response(bytes, { headers: { 'content-type': type }, ...init });
(async () => {
 await show(() => WebAssembly.compileStreaming(r())); await show(async () => (await WebAssembly.instantiateStreaming(Promise.resolve(r()))).instance.exports.f());
 await show(async () => Object.keys(await WebAssembly.instantiateStreaming(r(), {})));
 await show(() => WebAssembly.compileStreaming(r('text/plain'))); await show(() => WebAssembly.compileStreaming(r('application/wasm; charset=x'))); await show(() => WebAssembly.compileStreaming(r('APPLICATION/WASM')));
 await show(() => WebAssembly.compileStreaming(new Response(bytes, { status: 404, headers: { 'content-type': 'application/wasm' } })));
 await show(() => WebAssembly.compileStreaming(5)); await show(() => WebAssembly.compileStreaming()); await show(() => WebAssembly.compileStreaming(Promise.reject(new Error('x'))));
 const u = r(); await u.arrayBuffer(); await show(() => WebAssembly.compileStreaming(u));
 await show(() => WebAssembly.compileStreaming(new Response(new Uint8Array([1,2]), { headers: { 'content-type': 'application/wasm' } })));
 await show(() => WebAssembly.compileStreaming(new Response(null, { headers: { 'content-type': 'application/wasm' } })));
 await show(() => WebAssembly.instantiateStreaming(r(), 5)); await show(() => WebAssembly.compileStreaming(new Response('x')));
 console.log(Object.getOwnPropertyDescriptor(WebAssembly, 'compileStreaming'), WebAssembly.compileStreaming.length, WebAssembly.instantiateStreaming.length, WebAssembly.compileStreaming.name);
})();
