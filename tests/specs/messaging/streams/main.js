'use strict';
// Web streams that move with a message.
const { Worker } = require('worker_threads');
const show = (act) => {
  try {
    console.log(act());
  } catch (error) {
    console.log(error.name, error.message);
  }
};
(async () => {
  const locked = new ReadableStream();
  locked.getReader();
  show(() => structuredClone(locked, { transfer: [locked] }));
  show(() => structuredClone(new WritableStream()));
  const source = new ReadableStream({ start(controller) {
    controller.enqueue({ a: 1 });
    controller.enqueue('two');
    controller.close();
  } });
  const copy = structuredClone(source, { transfer: [source] });
  console.log(source.locked, copy instanceof ReadableStream);
  for await (const chunk of copy) console.log(chunk);
  const failing = new ReadableStream({ start(controller) { controller.error(new RangeError('failed')); } });
  await structuredClone(failing, { transfer: [failing] }).getReader().read().catch((error) => console.log(error.name, error.message));
  const twice = new TransformStream({ transform(chunk, controller) { controller.enqueue(chunk * 2); } });
  const moved = structuredClone({ twice }, { transfer: [twice] }).twice;
  const writer = moved.writable.getWriter();
  writer.write(21);
  writer.close();
  for await (const chunk of moved.readable) console.log(chunk);

  const worker = new Worker(`
    const { parentPort } = require('worker_threads');
    parentPort.once('message', async ({ input, output }) => {
      const writer = output.getWriter();
      for await (const chunk of input) await writer.write(chunk.toUpperCase());
      await writer.close();
    });
  `, { eval: true });
  const input = new ReadableStream({ start(controller) {
    for (const word of ['some', 'words']) controller.enqueue(word);
    controller.close();
  } });
  const words = [];
  const output = new WritableStream({
    write(chunk) { words.push(chunk); },
    close() { console.log(words); },
  });
  worker.postMessage({ input, output }, [input, output]);
})();
