module.exports = { parent: module.parent === undefined, main: require.main === undefined };
