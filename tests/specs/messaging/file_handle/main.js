'use strict';
// An open file moves with a message.
const { open } = require('fs/promises');
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');
(async () => {
  const { port1, port2 } = new MessageChannel();
  const file = await open(__filename);
  try {
    port1.postMessage(file);
  } catch (error) {
    console.log(error.name, error.message);
  }
  port1.postMessage({ file }, [file]);
  console.log(file.fd);
  const { message } = receiveMessageOnPort(port2);
  console.log(message.file.constructor.name, message.file.fd > 2, message.file === file);
  console.log((await message.file.readFile('utf8')).slice(0, 12));
  await message.file.close();
  try {
    await file.read(new Uint8Array(1));
  } catch (error) {
    console.log(error.code);
  }
})();
