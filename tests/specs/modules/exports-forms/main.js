// exports, module.exports, this, and what a function or primitive as exports looks like.
console.log(require('./object'), require('./function')(2), require('./primitive'), require('./replaced'));
console.log(this === module.exports, exports === module.exports, arguments.length, typeof arguments[4]);
console.log(require('./object') === require('./object.js'));
