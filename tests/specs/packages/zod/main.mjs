import { z } from 'zod';

const User = z.object({ name: z.string().min(2), age: z.coerce.number().int().positive(), mail: z.email().optional(), role: z.enum(['admin', 'user']).default('user') });
console.log(User.parse({ name: 'Ann', age: '42' }));
const bad = User.safeParse({ name: 'A', age: -1, mail: 'x' });
console.log(bad.success, bad.error.issues.map(({ code, path, message }) => [code, path.join('.'), message]));
const Shape = z.discriminatedUnion('kind', [z.object({ kind: z.literal('dot') }), z.object({ kind: z.literal('box'), side: z.number() })]);
console.log(Shape.parse({ kind: 'box', side: 2 }), z.toJSONSchema(Shape));
console.log(await z.string().transform(async (text) => text.length).parseAsync('four'));
