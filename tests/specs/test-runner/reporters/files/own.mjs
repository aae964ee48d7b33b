export default async function* (source) {
  const counts = {};
  for await (const { type } of source) counts[type] = (counts[type] ?? 0) + 1;
  yield JSON.stringify(counts);
}
