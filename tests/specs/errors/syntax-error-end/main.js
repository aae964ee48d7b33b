// A syntax error at the end of the file.
function open() {
  if (true) {
