// Error.prepareStackTrace gets the error and call sites.
Error.prepareStackTrace = (error, sites) => ({
  message: error.message,
  first: [sites[0].getFunctionName(), sites[0].getLineNumber(), sites[0].getColumnNumber(), sites[0].isConstructor()],
  file: sites[0].getFileName() === __filename,
  type: sites[0].getTypeName(),
});
function made() {
  return new Error('structured');
}
console.log(made().stack);
Error.prepareStackTrace = undefined;
console.log(typeof made().stack);
