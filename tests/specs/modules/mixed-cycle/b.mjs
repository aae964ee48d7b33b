import main from './main.cjs';
console.log('b sees', main);
export const seen = { ...main };
