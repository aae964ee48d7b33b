'use strict';

// Runs what the command line names: a file or program text (https://nodejs.org/api/cli.html#synopsis).

const path = require('path');
const { running } = require('internal/async_ids');

/** Exit code for a command line that cannot be followed. */
const EXIT_USAGE = 9;

/** The engine calls this once. */
function run() {
  if (ops.inspect_is_active()) require('internal/console/report').report();
  try {
    if (ops.worker_info() === undefined) start();
    else require('internal/worker/main').run();
  } finally {
    // What the script left to be done runs as nobody's callback.
    running.execution = 0;
  }
}

function start() {
  const { settings } = require('internal/options');
  if (settings.length > 0) require('internal/startup_options').follow();
  const main = ops.option_main();
  const isUrl = main.script !== undefined && settings.includes('--entry-url');
  if (isUrl) process.argv[1] = main.script;
  else if (main.script !== undefined) process.argv[1] = path.resolve(main.script);
  const { NODE_CHANNEL_FD: channel, NODE_CHANNEL_SERIALIZATION_MODE: serialization } = process.env;
  if (channel !== undefined) {
    // They are for this process alone, not for its children.
    delete process.env.NODE_CHANNEL_FD;
    delete process.env.NODE_CHANNEL_SERIALIZATION_MODE;
    require('internal/child_process/ipc').setUpForParent(Number(channel), serialization || 'json');
  }
  if (Object.hasOwn(process.env, 'NODE_UNIQUE_ID')) {
    const cluster = require('cluster');
    require('internal/cluster/role').cluster = cluster;
    cluster._setupWorker();
    delete process.env.NODE_UNIQUE_ID;
  }
  if (main.packageScript !== undefined) {
    require('internal/package_script').run(main.packageScript);
    return;
  }
  if (main.watch) {
    require('internal/watch').run();
    return;
  }
  loadEnvironment();
  if (process.env.NODE_V8_COVERAGE || settings.some((setting) => /^--(?:cpu-prof|heap-prof|heapsnapshot-.*)(?:$|=)/.test(setting))) {
    require('internal/profiling').start();
  }
  if (settings.includes('--experimental-test-coverage') && !main.tests) require('internal/test_runner/coverage').beginForProgram();
  if (settings.includes('--report-on-signal')) require('internal/report').start();
  if (process.env.NODE_COMPILE_CACHE) require('internal/modules/compile_cache').followEnvironment();
  useSourceMaps();
  preload(main);
  const { valuesOf } = require('internal/options');
  const loaders = [...valuesOf('--experimental-loader'), ...valuesOf('--loader')];
  if (loaders.length > 0) useLoaders(loaders);
  if (main.repl !== undefined) {
    ops.inspect_before_script();
    require('internal/repl/main').run(main.repl);
    return;
  }
  const isByLoader = loaders.length > 0 && !main.check;
  const runScript = main.tests ? () => require('internal/test_runner/main').main() : main.script === undefined ?
    () => require('internal/modules/eval').run(main) :
    isByLoader ? () => require('internal/modules/run_main').runByLoader(process.argv[1]) :
    isUrl ? () => require('internal/modules/run_main').runUrl(main.script) :
    () => require('internal/modules/run_main').runMain(process.argv[1], main.check);
  const runMain = () => {
    ops.inspect_before_script();
    runScript();
  };
  if (main.imports.length > 0) require('internal/modules/esm').preload(main.imports, runMain);
  else runMain();
}

/** Follows `--enable-source-maps`. */
function useSourceMaps() {
  if (require('internal/options').isOn('--enable-source-maps')) process.setSourceMapsEnabled(true);
}

/** Registers the hooks of `--experimental-loader`. */
function useLoaders(specifiers) {
  const { settings } = require('internal/options');
  const registered = specifiers.map((specifier) => `register(${JSON.stringify(specifier)}, pathToFileURL("./"));`).join(' ');
  if (!settings.includes('--no-warnings')) {
    process.emitWarning('`--experimental-loader` may be removed in the future; instead use `register()`:\n' +
      '--import \'data:text/javascript,import { register } from "node:module"; import { pathToFileURL } from "node:url"; ' +
      `${registered}'`, 'ExperimentalWarning');
  }
  const base = `${ops.url_from_path(process.cwd())}/`;
  for (const specifier of specifiers) require('internal/modules/hooks').registerQuietly(specifier, base);
}

/** Sets what the files of `--env-file` name and nothing else has set. */
function loadEnvironment() {
  const { settings } = require('internal/options');
  for (const setting of settings) {
    const [, optional, file] = /^--env-file(-if-exists)?=(.*)$/s.exec(setting) ?? [];
    if (file === undefined) continue;
    try {
      process.loadEnvFile(file);
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
      if (optional !== undefined) {
        ops.stdio_write(2, `${file} not found. Continuing without it.\n`);
        continue;
      }
      ops.stdio_write(2, `${process.argv0}: ${file}: not found\n`);
      process.reallyExit(EXIT_USAGE);
    }
  }
}

/** Loads the CommonJS modules that are to be there first. */
function preload({ requires }) {
  if (requires.length === 0) return;
  require('internal/modules/cjs').Module._preloadModules(requires);
}

module.exports = { preload, run, useSourceMaps };
