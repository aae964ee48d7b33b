'use strict';

const { addAbortSignal, finished } = require('stream');

const closing = new ReadableStream({
  start(controller) {
    controller.enqueue('a');
    controller.close();
  },
});
finished(closing, (error) => console.log('closed', error));
closing.getReader().read().then(console.log);
finished(new ReadableStream({
  start(controller) {
    controller.error(new Error('source'));
  },
}), (error) => console.log(error.message));
const sink = new WritableStream();
finished(sink, (error) => console.log('sink', error));
sink.close();
const aborter = new AbortController();
const endless = addAbortSignal(aborter.signal, new ReadableStream());
finished(endless, (error) => console.log(error.name));
aborter.abort();
