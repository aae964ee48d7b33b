async function load() {
  throw new Error('no such thing');
}
process.on('unhandledRejection', () => {});
load();
