'use strict';

// What the runtime itself does at the end of a run, after the script's listeners: profiles, coverage.

const acts = [];

/** Has `act` called once, at the very end. */
function atExit(act) {
  acts.push(act);
}

/** The run ends now. */
function runAtExit() {
  for (const act of acts.splice(0)) act();
}

module.exports = { atExit, runAtExit };
