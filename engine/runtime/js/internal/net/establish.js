'use strict';

// A function under this name on a socket is called when its connection was made, before anybody hears of it.

module.exports = { kEstablish: Symbol('establish') };
