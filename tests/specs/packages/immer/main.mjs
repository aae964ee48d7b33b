import { enablePatches, enableMapSet, produce, produceWithPatches, applyPatches, current, original } from 'immer';

enablePatches();
enableMapSet();
const base = { list: [1, 2], deep: { on: false }, map: new Map([['a', { n: 1 }]]) };
const next = produce(base, (draft) => {
  draft.list.push(3);
  draft.map.get('a').n++;
  console.log(current(draft).list, original(draft).list);
});
console.log(next, next.deep === base.deep, base, Object.isFrozen(next.list));
const [result, patches, inverse] = produceWithPatches(base, (draft) => { draft.deep.on = true; delete draft.list; });
console.log(patches, inverse, applyPatches(result, inverse).list);
try {
  next.list.push(4);
} catch (error) {
  console.log(error.name, error.message);
}
