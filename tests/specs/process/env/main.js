// process.env: strings only, `in`, delete, enumeration.
const { env } = process;
console.log(env.GREETING, env.EMPTY === '', env.MISSING, 'GREETING' in env, 'MISSING' in env);
env.NUMBER = 1;
env.NULL = null;
env.UNDEFINED = undefined;
env.BOOL = false;
console.log([env.NUMBER, env.NULL, env.UNDEFINED, env.BOOL]);
console.log(delete env.NUMBER, env.NUMBER, delete env.MISSING);
console.log(Object.keys(env).filter((k) => ['GREETING', 'BOOL', 'NUMBER'].includes(k)));
console.log(Object.getOwnPropertyDescriptor(env, 'GREETING'));
console.log(Object.hasOwn(env, 'GREETING'), env.toString(), typeof env.hasOwnProperty);
try {
  env.SYMBOL = Symbol('x');
} catch (error) {
  console.log(error.name, error.message);
}
try {
  Object.defineProperty(env, 'X', { get: () => 1 });
} catch (error) {
  console.log(error.name, error.code, error.message);
}
