'use strict';

// Objects of the runtime that are proxies but shall not look like some: what is shown for them.

/** Proxy → a function that makes the object to be shown. */
const standIns = new WeakMap();

module.exports = { standIns };
