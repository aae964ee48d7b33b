'use strict';

// What can be reached from values, as lines of text: names, kinds and numbers of parameters.

/**
 * A list of what is described. `absent` are beginnings of names that are left out, `own` such names; of `otherLength` the
 * number of parameters is not told, of `otherParent` not the class that is extended.
 */
module.exports = function surface({ absent, own, otherLength, otherParent }) {
  const lines = [];
  const seen = new Map([[Object.prototype, 'Object.prototype'], [Function.prototype, 'Function.prototype'], [globalThis, 'globalThis']]);
  const isLeftOut = (name) => absent.some((start) => name.startsWith(start)) || own.has(name);

  function say(name, text) {
    if (!isLeftOut(name)) lines.push(`${name} ${text}`);
  }

  function keyName(key) {
    return typeof key === 'symbol' ? `[${key.description}]` : key;
  }

  function members(path, value, depth) {
    if (seen.has(value)) {
      if (!path.endsWith('.prototype')) say(path, `= ${seen.get(value)}`);
      return;
    }
    seen.set(value, path);
    for (const key of Reflect.ownKeys(value)) {
      if (typeof key === 'string' ? /^(_|constructor$|\d+$)/.test(key) : !/^(Symbol\.|nodejs\.)/.test(key.description ?? '')) continue;
      if (typeof value === 'function' && /^(length|name|prototype|arguments|caller)$/.test(keyName(key))) continue;
      const descriptor = Reflect.getOwnPropertyDescriptor(value, key);
      const name = `${path}.${keyName(key)}`;
      if (isLeftOut(name) || name === 'process.env') continue;
      if (!('value' in descriptor) && !(depth <= 1 && !path.includes('.') && path !== 'process')) say(name, 'accessor');
      else describe(name, value[key], depth);
    }
  }

  function describe(name, value, depth) {
    if (typeof value === 'function') {
      const parent = value.prototype && Object.getPrototypeOf(value.prototype);
      const extended = parent && parent !== Object.prototype && !otherParent.has(name) ? ` extends ${parent.constructor.name}` : '';
      say(name, `function${otherLength.has(name) ? '' : ` ${value.length}`}${extended}`);
      members(name, value, depth + 1);
      if (value.prototype !== null && typeof value.prototype === 'object') members(`${name}.prototype`, value.prototype, depth + 1);
    } else if (value !== null && typeof value === 'object') {
      say(name, Object.prototype.toString.call(value).slice(8, -1));
      if (depth < 5) members(name, value, depth + 1);
    } else {
      say(name, value === null ? 'null' : typeof value);
    }
  }

  /** Prints what was described, in the order of the names. */
  function print() {
    process.stdout.write(`${[...new Set(lines)].sort().join('\n')}\n`);
  }

  return { describe, say, isLeftOut, keyName, seen, print };
};
