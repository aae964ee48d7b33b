export default 'ignored';
export { whole as 'module.exports' };
const whole = { whole: true };
