import * as prettier from 'prettier';

console.log(await prettier.format('const  a={b:1,c:[1,2,3,   4]};function f(x){return x?.y??(()=>{throw new Error("no")})()}', { parser: 'babel', singleQuote: true }));
console.log(await prettier.format('type A<T>={[K in keyof T]?:T[K]}; enum E {A,B}', { parser: 'typescript' }));
console.log(await prettier.format('a{color:red;b{margin:0 auto}}', { parser: 'scss' }));
console.log(await prettier.format('# T\n\n* a\n* b\n\n| a | b |\n|-|-|\n| 1 | 22 |', { parser: 'markdown' }));
console.log(await prettier.check('a: 1\n', { parser: 'yaml' }));
await prettier.format('let x = ;', { parser: 'babel' }).catch((error) => console.log(error.name, error.message.split('\n')[0]));
