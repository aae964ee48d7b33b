export const ignored = 1;
export { value as 'module.exports' };
const value = 'instead of the namespace';
