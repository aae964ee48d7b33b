'use strict';

// `navigator` (https://nodejs.org/api/globals.html#class-navigator).

const { codes } = require('internal/errors');

const kMake = Symbol('kMake');

/** The platform as browsers name it. */
function platformName() {
  const { arch, platform } = process;
  if (platform === 'darwin') return 'MacIntel';
  if (platform === 'win32') return 'Win32';
  if (platform === 'linux') return arch === 'ia32' ? 'Linux i686' : arch === 'x64' ? 'Linux x86_64' : `Linux ${arch}`;
  return `${platform[0].toUpperCase()}${platform.slice(1)} ${arch}`;
}

class Navigator {
  #languages;

  constructor(kind = undefined) {
    if (kind !== kMake) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  get hardwareConcurrency() {
    void this.#languages;
    return require('os').availableParallelism();
  }

  get locks() {
    void this.#languages;
    return require('internal/navigator/locks').locks;
  }

  get language() {
    void this.#languages;
    return Intl.Collator().resolvedOptions().locale || 'en-US';
  }

  get languages() {
    this.#languages ??= Object.freeze([this.language]);
    return this.#languages;
  }

  get userAgent() {
    void this.#languages;
    return `Node.js/${process.versions.node.split('.')[0]}`;
  }

  get platform() {
    void this.#languages;
    return platformName();
  }
}

for (const name of ['hardwareConcurrency', 'locks', 'language', 'languages', 'userAgent', 'platform']) {
  Object.defineProperty(Navigator.prototype, name, { __proto__: null, enumerable: true });
}

module.exports = { Navigator, navigator: new Navigator(kMake) };
