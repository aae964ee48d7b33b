// Names and values the system cannot hold, symbols, what is inherited, the time zone.
const { env } = process;
env[''] = 'x';
env['a=b'] = 'x';
env.CUT = 'before\0after';
console.log(env[''], env['a=b'], env.CUT, Object.keys(env).includes('a=b'));
console.log(env[Symbol.iterator], Symbol('x') in env, typeof env.toString, 'toString' in env, Object.hasOwn(env, 'toString'));
for (const act of [() => { env[Symbol('x')] = 1; }, () => Object.freeze(env), () => Object.defineProperty(env, 'X', { value: 'x' })]) {
  try {
    act();
  } catch (error) {
    console.log(error.name, error.code);
  }
}
Object.defineProperty(env, 'WHOLE', { value: 5, configurable: true, writable: true, enumerable: true });
console.log(env.WHOLE, delete env.WHOLE, env.WHOLE, JSON.parse(JSON.stringify(env)).CUT, { ...env }.CUT);
env.TZ = 'Asia/Tokyo';
console.log(new Date(0).getHours());
env.TZ = 'America/New_York';
console.log(new Date(0).getHours(), new Date(0).toString());
