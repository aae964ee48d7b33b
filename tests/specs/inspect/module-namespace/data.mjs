export default { nested: { list: [1, 2] } };
export const circular = { get self() { return circular; } };
