module.exports = 'a part of myself';
