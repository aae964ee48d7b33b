export const type = 'module by package.json';
