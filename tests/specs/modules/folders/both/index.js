module.exports = 'folder both';
