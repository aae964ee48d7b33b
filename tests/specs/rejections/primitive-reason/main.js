// A reason that is no error is wrapped when it is printed.
Promise.reject('just a string');
