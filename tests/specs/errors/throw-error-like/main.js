// A thrown object that only looks like an error.
throw { name: 'Error', message: 'looks like an error', toString() { return 'string form'; } };
