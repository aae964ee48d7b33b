export type Value = string;
export const value: Value = 'v';
