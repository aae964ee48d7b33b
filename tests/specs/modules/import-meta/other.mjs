export default [import.meta.main, import.meta.filename];
