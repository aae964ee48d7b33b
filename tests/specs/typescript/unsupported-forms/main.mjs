// Every form that cannot be stripped, and a plain mistake.
for (const name of ['enum', 'namespace', 'parameter-property', 'import-equals', 'angle-in-tsx', 'decorator']) {
  await import(`./${name}.ts`).then(
    () => console.log(name, 'loaded'),
    (e) => console.log(name, e.name, e.code, e.message.split('\n')[0])
  );
}
await import('./mistake.ts').catch((e) => console.log(e.name, e.code));
