export const f = <T,>(x: T) => x;
