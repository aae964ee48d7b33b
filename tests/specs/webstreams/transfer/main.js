'use strict';

(async () => {
  const source = new ReadableStream({ start(controller) { controller.enqueue({ a: 1 }); controller.enqueue('b'); controller.close(); } });
  const moved = structuredClone(source, { transfer: [source] });
  console.log(moved instanceof ReadableStream, moved !== source, source.locked);
  const keep = setInterval(() => {}, 1000);
  for await (const chunk of moved) console.log(chunk);
  const got = [];
  const sink = new WritableStream({ write(chunk) { got.push(chunk); }, close() { console.log('closed', got); clearInterval(keep); } });
  const { stream } = structuredClone({ stream: sink }, { transfer: [sink] });
  const writer = stream.getWriter();
  await writer.write('x');
  await writer.write([1, 2]);
  await writer.close();
  try {
    structuredClone(new ReadableStream());
  } catch (error) {
    console.log(error.name);
  }
  const locked = new ReadableStream();
  locked.getReader();
  try {
    structuredClone(locked, { transfer: [locked] });
  } catch (error) {
    console.log(error.name);
  }
})();
