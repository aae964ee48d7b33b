module.exports = [require('dep'), require('only-in-lib')];
