export type Shape = { kind: 'square'; size: number } | { kind: 'circle'; radius: number };
export const area = (shape: Shape): number => (shape.kind === 'square' ? shape.size ** 2 : Math.PI * shape.radius ** 2);
