module.exports = ['commonjs', __filename.split('/').pop()];
