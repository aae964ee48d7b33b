module.exports = { ...require('./transpiled.cjs'), own: 'own' };
