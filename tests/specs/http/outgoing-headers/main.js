// Headers of a message that was not sent yet.
const http = require('node:http');

const message = new http.OutgoingMessage();
message.setHeader('X-One', 1);
message.setHeader('x-one', 'two').appendHeader('X-Many', 'a').appendHeader('x-many', ['b', 'c']);
message.setHeaders(new Map([['From-Map', 'yes']]));
message.setHeader('set-cookie', ['a=1', 'b=2']);
console.log(message.getHeaders());
console.log(message.getHeaderNames(), message.getRawHeaderNames());
console.log(message.hasHeader('X-ONE'), message.getHeader('X-Many'), message.getHeader('none'));
message.removeHeader('X-MANY');
console.log(message.getHeaderNames());
console.log(message.headersSent, message.writableEnded, message.writableFinished, message.writableLength, message.writableCorked);
for (const bad of [
  () => message.setHeader('bad name', 'x'),
  () => message.setHeader('', 'x'),
  () => message.setHeader('a'),
  () => message.setHeader('a', 'line\r\nbreak'),
  () => message.setHeader('a', 'ключ'),
  () => message.setHeaders({}),
  () => message.hasHeader(),
  () => message.getHeader(1),
  () => message.addTrailers({ 'a b': 'x' }),
  () => message.write('x'),
  () => message.write(null),
  () => message.write(1),
  () => http.validateHeaderName('@'),
  () => http.validateHeaderValue('a', '\u0001'),
  () => http.validateHeaderValue('a'),
  () => http.setMaxIdleHTTPParsers(0),
]) {
  try {
    bad();
    console.log('fine');
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
