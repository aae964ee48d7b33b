// Callbacks for objects that are still there at the end.
const kept = { a: 1 };
process.finalization.register(kept, (object, event) => console.log('exit', object, event));
process.finalization.registerBeforeExit(kept, (object, event) => console.log('before', object, event));
const taken = {};
process.finalization.register(taken, () => console.log('never'));
process.finalization.unregister(taken);
for (const act of [() => process.finalization.register(1, () => {}), () => process.finalization.unregister(1)]) {
  try {
    act();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
process.on('exit', () => console.log('a listener', kept.a));
