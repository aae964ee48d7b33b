// The stack is made when the error is made: a later message does not show.
const error = new Error('first message');
error.message = 'second message';
error.name = 'Renamed';
console.log(String(error));
throw error;
