// The error of a module that is missing, caught.
for (const name of ['./missing', 'missing-package', '/no/such/file', '', '../../../../../../../nope', 'node:nope', './lib']) {
  try {
    require(name);
  } catch (error) {
    console.log(JSON.stringify(name), error.name, error.code);
    console.log(error.message.replace(/'(\.\.\/)+/, "'../"), error.requireStack);
  }
}
for (const value of [undefined, 1, {}, null]) {
  try {
    require(value);
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
