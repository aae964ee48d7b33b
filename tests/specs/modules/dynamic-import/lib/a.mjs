console.log('a evaluated', import.meta.url.split('/').pop());
export default 'a';
export const { default: sibling } = await import('./b.cjs');
