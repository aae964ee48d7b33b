'use strict';

// The streams among the classes of `crypto`: most scripts never use them as streams, so that part is made when it is
// first touched.

const { Transform } = require('internal/streams/transform');

const kOptions = '_options';

/** Makes the stream's state now. */
function becomeStream(self) {
  Object.defineProperties(self, own);
  Transform.call(self, self[kOptions]);
  // Digests and results of ciphers come as bytes unless somebody says otherwise.
  self._writableState.decodeStrings = self[kOptions]?.decodeStrings ?? false;
  self._writableState.defaultEncoding = self[kOptions]?.defaultEncoding ?? 'utf8';
}

function LazyTransform(options) {
  this._options = options;
}
Object.setPrototypeOf(LazyTransform.prototype, Transform.prototype);
Object.setPrototypeOf(LazyTransform, Transform);

/** The fields, as properties of an instance from then on. */
const own = {};
for (const name of ['_readableState', '_writableState']) {
  own[name] = { __proto__: null, value: undefined, writable: true, configurable: true, enumerable: true };
  Object.defineProperty(LazyTransform.prototype, name, {
    __proto__: null,
    get() {
      if (this === LazyTransform.prototype || !(kOptions in this)) return undefined;
      becomeStream(this);
      return this[name];
    },
    set(value) {
      Object.defineProperty(this, name, { __proto__: null, ...own[name], value });
    },
    configurable: true,
    enumerable: true,
  });
}

module.exports = { LazyTransform };
