// An 'error' event with something that is no error.
const { EventEmitter } = require('events');
try {
  new EventEmitter().emit('error', 'text');
} catch (error) {
  console.log(error.name, error.code, error.message, error.context);
}
new EventEmitter().emit('error', { status: 500 });
