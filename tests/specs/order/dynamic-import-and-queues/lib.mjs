console.log('evaluating', import.meta.url.split('/').pop());
let counter = 0;
export const value = 'lib';
export const count = () => ++counter;
