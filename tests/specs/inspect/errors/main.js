// Errors inside of objects, with and without stacks, with causes and properties.
const plain = (error, stack = `${error}\n    at place`) => Object.defineProperty(error, 'stack', { value: stack });
console.log(plain(new Error('message')), [plain(new TypeError('in an array'))], { e: plain(new Error('in an object')) });
console.log(plain(new Error('no frames'), 'Error: no frames'), [plain(new Error('none'), '')], plain(new Error(''), 'Error\n    at x'));
console.log(plain(Object.assign(new Error('with props'), { code: 'E', list: [1] })), plain(new Error('cause', { cause: plain(new Error('inner')) })));
class HttpError extends Error { name = 'HttpError'; status = 404; }
class Unnamed extends Error {}
console.log(plain(new HttpError('sub'), 'Error: sub\n    at y'), plain(new Unnamed('unnamed'), 'Error: unnamed\n    at z'));
console.log(plain(new AggregateError([plain(new Error('1')), 2], 'many')), plain(new Error('multi\nline')), plain(Object.assign(new Error('renamed'), { name: 'Other' }), 'Error: renamed\n    at q'));
console.log(plain(new Error('null cause', { cause: null })), plain(new Error('string cause', { cause: 'why' })), Object.create(new Error('as prototype')) instanceof Error);
const nullProto = plain(new Error('null proto'), 'Error: null proto\n    at n');
console.log(Object.setPrototypeOf(nullProto, null), plain(new DOMException('dom', 'AbortError'), 'AbortError: dom\n    at d'));
console.log({ deep: { deeper: { deepest: { error: plain(new Error('too deep')) } } } }, plain(Object.assign(new Error('hidden message'), { message: 'changed' }), 'Error: hidden message\n    at h'));
