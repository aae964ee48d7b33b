// why: 4
const { port1, port2 } = new MessageChannel();
setTimeout(function sends() {
  port1.postMessage('one');
  port1.postMessage('two');
}, 1);
port2.onmessage = function got({ data }) { if (data === 'two') port2.close(); };
