module.exports = "as it is";
