'use strict';

// Whether this process is a worker of a cluster: servers and datagram sockets ask without loading `cluster`.

module.exports = {
  /** In a worker `cluster`, whose `_getServer` gives out handles; else undefined. */
  cluster: undefined,
};
