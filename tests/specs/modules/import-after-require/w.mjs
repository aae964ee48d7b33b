import './u.mjs';
export default 4;
