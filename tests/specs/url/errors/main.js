// How the errors of these modules read: text, first line of the stack, properties.
const t=(n,f)=>{try{f()}catch(e){console.log(n, String(e),'|',e.stack.split('\n')[0],Object.keys(e),e.name)}};
new URL('/x', 'nope');
