const { each } = require('./lib/each');
debugger;
each([1], (item) => {
  console.log(item);
});
