'use strict';

// Several processes that serve together (https://nodejs.org/api/cluster.html).

module.exports = Object.hasOwn(process.env, 'NODE_UNIQUE_ID') ?
  require('internal/cluster/child') :
  require('internal/cluster/primary');
