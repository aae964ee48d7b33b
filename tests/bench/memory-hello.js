// Memory of a process that only says hello.
console.log('hello');
console.log('MB', process.memoryUsage().rss / 1e6);
