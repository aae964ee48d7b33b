Promise.resolve(1).then(function got(value) {
  return value;
});
debugger;
