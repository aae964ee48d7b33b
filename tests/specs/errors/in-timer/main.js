// An error in a timer's callback.
setTimeout(function onTimeout() {
  throw new Error('in a timer');
}, 1);
