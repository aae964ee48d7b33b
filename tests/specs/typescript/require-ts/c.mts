export const named: string = 'c';
