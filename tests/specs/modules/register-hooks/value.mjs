export const value = 'one';
