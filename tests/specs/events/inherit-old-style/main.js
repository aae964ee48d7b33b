// Emitters made the old way, and by mixing in.
const EventEmitter = require('events');
const util = require('util');
function Old() { EventEmitter.call(this); }
util.inherits(Old, EventEmitter);
const old = new Old();
old.on('x', function (v) { console.log('old', v, this === old); });
old.emit('x', 1);
const mixed = Object.assign({ name: 'mixed' }, EventEmitter.prototype);
mixed.on('y', function () { console.log(this.name); });
mixed.emit('y');
class Sub extends EventEmitter { #count = 0; constructor() { super(); this.on('inc', () => console.log(++this.#count)); } }
const sub = new Sub();
sub.emit('inc');
sub.emit('inc');
console.log(sub, new EventEmitter());
