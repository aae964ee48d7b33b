'use strict';

/** As libuv does: the name of a Unix-domain socket goes with the socket. */
function removeName(path) {
  if (path === '' || path.startsWith('\0')) return;
  try {
    require('fs').unlinkSync(path);
  } catch {
    // Somebody else has removed it.
  }
}

module.exports = { removeName };
