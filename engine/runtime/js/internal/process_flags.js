'use strict';

// `process.allowedNodeEnvironmentFlags` (https://nodejs.org/api/process.html#processallowednodeenvironmentflags): the
// options that may stand in NODE_OPTIONS. They can be asked for in any spelling and not be changed.

const FLAGS = ops.option_environment_names();

/** One spelling for all: underscores are dashes, and a value does not belong to the name. */
function plain(flag) {
  const [name] = flag.replaceAll('_', '-').split('=', 1);
  return name.replace(/^-+/, '');
}

const names = new Set(FLAGS.map(plain));

class NodeEnvironmentFlagsSet extends Set {
  constructor() {
    super();
    for (const flag of FLAGS) super.add(flag);
    Object.freeze(this);
  }

  add() {
    return this;
  }

  delete() {
    return false;
  }

  clear() {}

  has(flag) {
    if (typeof flag !== 'string') return false;
    // A single dash stands before letters only.
    if (/^-[^-]/.test(flag)) return super.has(flag);
    return names.has(plain(flag));
  }
}

/** Makes the set. */
function create() {
  return new NodeEnvironmentFlagsSet();
}

module.exports = { create };
