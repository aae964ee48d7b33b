console.log('slow start');
await new Promise((resolve) => setTimeout(resolve, 50));
console.log('slow end');
