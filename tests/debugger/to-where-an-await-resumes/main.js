const sleep = () => new Promise((done) => setImmediate(done));
async function work(name) {
  debugger;
  const list = [name].map((one) => one + '!');
  Promise.resolve().then(() => list.push('no await'));
  const text = await sleep().then(() => list.join());
  console.log(text);
  for await (const one of [1, 2]) console.log(one);
  return text;
}
work('a');
setImmediate(() => console.log('between'));
