const list = [3, 1];
list.forEach(function each(value) {
  console.log(value);
});
console.log('end');
