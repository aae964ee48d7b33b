// Files under node_modules are not stripped.
try {
  require('pkg');
} catch (error: any) {
  console.log(error.code, error.message);
}
