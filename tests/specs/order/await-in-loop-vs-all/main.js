// One after the other or all at once: the order of the starts shows it.
const task = async (name, ms) => {
  console.log('start', name);
  await new Promise((resolve) => setTimeout(resolve, ms));
  console.log('end', name);
};
(async () => {
  for (const [name, ms] of [['a', 20], ['b', 1]]) await task(name, ms);
  await Promise.all([task('c', 200), task('d', 1)]);
})();
