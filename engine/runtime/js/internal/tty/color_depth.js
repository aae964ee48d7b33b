'use strict';

// How many bits of colour a terminal shows, by the variables of its environment
// (https://nodejs.org/api/tty.html#writestreamgetcolordepthenv).

const MONOCHROME = 1;
const COLORS_16 = 4;
const COLORS_256 = 8;
const COLORS_16M = 24;

const TERMINALS = {
  __proto__: null,
  'eterm': COLORS_16,
  'cons25': COLORS_16,
  'console': COLORS_16,
  'cygwin': COLORS_16,
  'dtterm': COLORS_16,
  'gnome': COLORS_16,
  'hurd': COLORS_16,
  'jfbterm': COLORS_16,
  'konsole': COLORS_16,
  'kterm': COLORS_16,
  'mlterm': COLORS_16,
  'mosh': COLORS_16M,
  'putty': COLORS_16,
  'rxvt-unicode-24bit': COLORS_16M,
  'st': COLORS_16,
  'terminator': COLORS_16M,
  'xterm-kitty': COLORS_16M,
};

const KINDS_WITH_16 = /ansi|color|linux|direct|^con\d+x\d|^rxvt|^screen|^xterm|^vt100|^vt220/;

/** Build servers that show colours: variable → bits. */
const BUILD_SERVERS = {
  APPVEYOR: COLORS_256,
  BUILDKITE: COLORS_256,
  CIRCLECI: COLORS_16M,
  DRONE: COLORS_256,
  GITEA_ACTIONS: COLORS_16M,
  GITHUB_ACTIONS: COLORS_16M,
  GITLAB_CI: COLORS_256,
  TRAVIS: COLORS_256,
};

const FORCED = { '__proto__': null, '': COLORS_16, '1': COLORS_16, 'true': COLORS_16, '2': COLORS_256, '3': COLORS_16M };

let hasWarned = false;

/** Two variables contradict each other. */
function warnIgnored(env) {
  const name = [['NODE_DISABLE_COLORS', env.NODE_DISABLE_COLORS], ['NO_COLOR', env.NO_COLOR]]
    .find(([, value]) => value !== undefined)?.[0];
  if (name === undefined || hasWarned) return;
  hasWarned = true;
  process.emitWarning(`The '${name}' env is ignored due to the 'FORCE_COLOR' env being set.`, 'Warning');
}

function ofProgram(env) {
  switch (env.TERM_PROGRAM) {
    case 'iTerm.app':
      return !env.TERM_PROGRAM_VERSION || /^[0-2]\./.test(env.TERM_PROGRAM_VERSION) ? COLORS_256 : COLORS_16M;
    case 'HyperTerm': case 'MacTerm': return COLORS_16M;
    case 'Apple_Terminal': return COLORS_256;
    default: return undefined;
  }
}

function ofBuildServer(env) {
  const found = Object.keys(BUILD_SERVERS).find((name) => name in env);
  if (found !== undefined) return BUILD_SERVERS[found];
  return env.CI_NAME === 'codeship' ? COLORS_256 : MONOCHROME;
}

/** `tty.WriteStream.prototype.getColorDepth`. */
function getColorDepth(env = process.env) {
  if (env.FORCE_COLOR !== undefined) {
    const depth = FORCED[env.FORCE_COLOR];
    if (depth === undefined) return MONOCHROME;
    warnIgnored(env);
    return depth;
  }
  if (env.NODE_DISABLE_COLORS || env.NO_COLOR || env.TERM === 'dumb') return MONOCHROME;
  if (env.TMUX) return COLORS_16M;
  if ('TF_BUILD' in env && 'AGENT_NAME' in env) return COLORS_16;
  if ('CI' in env) return ofBuildServer(env);
  if ('TEAMCITY_VERSION' in env) {
    return /^(?:9\.0*[1-9]\d*\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? COLORS_16 : MONOCHROME;
  }
  const program = ofProgram(env);
  if (program !== undefined) return program;
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return COLORS_16M;
  if (env.TERM) {
    if (/truecolor/.test(env.TERM)) return COLORS_16M;
    if (/^xterm-256/.test(env.TERM)) return COLORS_256;
    const term = env.TERM.toLowerCase();
    if (TERMINALS[term] !== undefined) return TERMINALS[term];
    if (KINDS_WITH_16.test(term)) return COLORS_16;
  }
  return env.COLORTERM ? COLORS_16 : MONOCHROME;
}

module.exports = { getColorDepth };
