try { JSON.parse('{'); } catch {}
function fail() {
  throw new Error('lost');
}
setTimeout(fail, 1);
process.on('uncaughtException', (e) => console.log('heard', e.message));
