import './y.mjs';
export const x = 1;
