let prefix;

export async function initialize({ port, name }) {
  prefix = name;
  port?.postMessage(`initialised ${name}`);
}

export async function resolve(specifier, context, nextResolve) {
  if (specifier === `virtual:${prefix}`) return { url: `virtual:${prefix}`, shortCircuit: true };
  if (specifier.startsWith('app:')) return nextResolve(new URL(specifier.slice(4), context.parentURL).href, context);
  return nextResolve(specifier, context);
}

export async function load(url, context, nextLoad) {
  if (url === `virtual:${prefix}`) return { format: 'module', source: `export default '${prefix}'`, shortCircuit: true };
  const loaded = await nextLoad(url, url.endsWith('.txt') ? { ...context, format: 'module' } : context);
  if (url.endsWith('changed.cjs')) return { ...loaded, source: `module.exports = '${prefix}'` };
  if (url.endsWith('plain.mjs')) return { ...loaded, source: `${loaded.source}\nexport const ${prefix} = ${JSON.stringify(context)};` };
  if (url.endsWith('.txt')) return { format: 'module', source: `export default ${JSON.stringify(String(loaded.source))}`, shortCircuit: true };
  return loaded;
}
