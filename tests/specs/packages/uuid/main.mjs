import { NIL, parse, stringify, v1, v3, v4, v5, v7, validate, version } from 'uuid';

console.log(v3('x', v5.URL), v5('hello', v5.DNS), v5('hello', NIL));
for (const make of [v1, v4, v7]) {
  const id = make();
  console.log(validate(id), version(id), id.length, stringify(parse(id)) === id);
}
console.log(v4({ random: new Uint8Array(16).fill(9) }), validate('no'));
try {
  parse('no');
} catch (error) {
  console.log(error.name, error.message);
}
