// No reason at all.
Promise.reject();
