// How the errors of these modules read: text, first line of the stack, properties.
const t=(n,f)=>{try{f()}catch(e){console.log(n,String(e),'|',e.stack.split('\n')[0],Object.keys(e),e.name)}};
t(1,()=>require('url').parse('http://a]b'));
t(2,()=>require('url').fileURLToPath('nope'));
t(3,()=>require('url').format(new URL('http://a'),5));
t(4,()=>require('url').domainToASCII());
t(5,()=>new URL('http://a').href='x');
t(6,()=>new URLPattern('x').test(5));
t(7,()=>require('os').getPriority(4e6));
t(8,()=>new URLPattern({}).test(5));
t(9,()=>require('url').pathToFileURL('\\\\x',{windows:true}));
t(10,()=>require('punycode').decode('é-x'));
t(11,()=>require('readline').cursorTo(process.stdout,'x',1));
new URL('/x', 'nope');
