export const real = true; export default 1
