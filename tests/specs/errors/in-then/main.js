// An error in a promise reaction is an unhandled rejection, printed like an error.
Promise.resolve().then(function reaction() {
  throw new Error('in a reaction');
});
