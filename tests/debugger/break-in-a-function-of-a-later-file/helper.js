exports.helper = function (n) {
  return n + 1;
};
