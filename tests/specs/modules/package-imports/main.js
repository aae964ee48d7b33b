// Private names (#) of the package's imports map, and a package that requires itself.
console.log(require('#internal'), require('#lib/a.js'), require('#dep'), require('self-pkg'), require('self-pkg/sub'));
for (const name of ['#missing', '#', '#/x', '#null']) {
  try {
    require(name);
  } catch (error) {
    console.log(name, error.code, error.message.split('\n')[0]);
  }
}
