import { rollup } from '@rollup/wasm-node';

const modules = {
  main: 'import { used } from "lib"; import("lazy").then(console.log); export default used(2);',
  lib: 'export const used = (n) => n * 2; export const unused = () => "gone";',
  lazy: 'export const late = 1;',
};
const warnings = [];
const bundle = await rollup({
  input: 'main',
  onwarn: (warning) => warnings.push(warning.code),
  plugins: [{ name: 'memory', resolveId: (id) => (id in modules ? id : null), load: (id) => modules[id] }],
});
for (const format of ['es', 'cjs', 'iife']) {
  const { output } = await bundle.generate({ format, name: 'x', exports: 'named', dynamicImportInCjs: false, inlineDynamicImports: format === 'iife' });
  for (const chunk of output) console.log(format, chunk.fileName.replace(/-[\w-]{8}\./, '-HASH.'), chunk.code.replace(/lazy-[\w-]{8}/g, 'lazy-HASH'));
}
await bundle.close();
console.log(warnings);
