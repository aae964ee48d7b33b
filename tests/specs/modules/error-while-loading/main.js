// A module that throws is not cached: the next require runs it again.
for (let i = 0; i < 2; i++) {
  try {
    require('./throws');
  } catch (error) {
    console.log(error.message, Object.keys(require.cache).some((k) => k.endsWith('throws.js')));
  }
}
console.log(module.children.length);
