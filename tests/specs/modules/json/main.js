// JSON files are parsed; a mistake in one is an error that names the file.
console.log(require('./data'), require('./data.json') === require('./data'));
try {
  require('./broken.json');
} catch (error) {
  console.log(error.name, error.message);
}
try {
  require('./empty.json');
} catch (error) {
  console.log(error.name, error.message);
}
console.log(require('./bom.json'));
