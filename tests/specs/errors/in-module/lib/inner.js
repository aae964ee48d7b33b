module.exports = undefined.property;
