'use strict';

// The program as a REPL: without a script in a terminal, or by `-i`.

const DEFAULT_HISTORY = 1000;

/** Begins; `source` is text of `-e` that runs first. */
function run(source) {
  const repl = require('repl');
  process.stdout.write(`Welcome to Node.js ${process.version}.\nType ".help" for more information.\n`);
  const { NODE_REPL_HISTORY, NODE_REPL_HISTORY_SIZE, NODE_REPL_MODE, NODE_NO_READLINE } = process.env;
  const isStrict = NODE_REPL_MODE?.toLowerCase().trim() === 'strict';
  const server = repl.start({
    ignoreUndefined: false,
    useGlobal: true,
    breakEvalOnSigint: true,
    replMode: isStrict ? repl.REPL_MODE_STRICT : repl.REPL_MODE_SLOPPY,
    terminal: Number.parseInt(NODE_NO_READLINE, 10) ? false : undefined,
  });
  const owner = require('internal/repl/owner');
  owner.standalone = server;
  owner.watch();
  const size = Number(NODE_REPL_HISTORY_SIZE);
  server.historySize = Number.isNaN(size) || size <= 0 ? DEFAULT_HISTORY : size;
  if (server.terminal) server.setupHistory({ filePath: NODE_REPL_HISTORY, size: server.historySize });
  server.on('exit', () => process.exit());
  if (source !== null) ops.script_run(source, '[eval]');
}

module.exports = { run };
