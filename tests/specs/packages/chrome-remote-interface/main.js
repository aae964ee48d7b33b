'use strict';
const { spawn } = require('child_process');
const path = require('path');
const { pathToFileURL } = require('url');
const CDP = require('chrome-remote-interface');

const file = path.join(__dirname, 'child.js');
const child = spawn(process.execPath, ['--inspect-brk=0', file], { stdio: ['ignore', 'ignore', 'pipe'] });
const ended = new Promise((done) => child.on('exit', done));

async function port() {
  let text = '';
  for await (const piece of child.stderr.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += piece;
    const found = /ws:\/\/127\.0\.0\.1:(\d+)/.exec(text);
    if (found) {
      child.stderr.resume();
      return Number(found[1]);
    }
  }
}

function where({ callFrames, reason, hitBreakpoints, asyncStackTrace }) {
  // The frames of the module loader are each runtime's own.
  const { scriptId } = callFrames[0].location;
  const own = callFrames.filter(({ location }) => location.scriptId === scriptId)
    .map(({ functionName, location }) => `${functionName || '-'}:${location.lineNumber + 1}`);
  return [reason, hitBreakpoints.length, own.join(' < '), asyncStackTrace?.callFrames.at(0) ? 'async' : ''].join(' | ');
}

async function main() {
  const options = { host: '127.0.0.1', port: await port() };
  const [target] = await CDP.List(options);
  console.log(target.type, target.description, target.title === file, target.url === pathToFileURL(file).href);
  console.log((await CDP.Version(options))['Protocol-Version']);
  const { domains } = await CDP.Protocol(options);
  const names = new Set(domains.map(({ domain }) => domain));
  console.log(['Debugger', 'Runtime', 'Profiler', 'HeapProfiler', 'NodeWorker'].map((name) => names.has(name)));
  const client = await CDP({ ...options, target });
  const { Debugger, Runtime, Profiler } = client;
  const stops = [];
  let wake;
  Debugger.paused((stop) => { stops.push(stop); wake?.(); });
  const paused = async () => {
    while (stops.length === 0) await new Promise((done) => { wake = done; });
    return stops.shift();
  };
  await Promise.all([Debugger.enable(), Runtime.enable(), Debugger.setAsyncCallStackDepth({ maxDepth: 8 })]);
  const said = [];
  Runtime.consoleAPICalled(({ type, args }) => said.push([type, ...args.map(({ value }) => value)]));
  await Runtime.runIfWaitingForDebugger();
  console.log(where(await paused()));
  const { breakpointId, locations } = await Debugger.setBreakpointByUrl({
    url: pathToFileURL(file).href, lineNumber: 2, condition: 'sum > 2',
  });
  console.log(typeof breakpointId, locations.length);
  await Debugger.resume();
  let stop = await paused();
  console.log(where(stop));
  const { result } = await Debugger.evaluateOnCallFrame({
    callFrameId: stop.callFrames[0].callFrameId, expression: 'a * 100 + b + sum',
  });
  console.log(result);
  const { objectId } = stop.callFrames[0].scopeChain[0].object;
  const { result: own } = await Runtime.getProperties({ objectId, ownProperties: true });
  console.log(own.map(({ name, value }) => `${name}=${value.value}`).join());
  await Debugger.setVariableValue({
    scopeNumber: 0, variableName: 'sum', newValue: { value: 7 }, callFrameId: stop.callFrames[0].callFrameId,
  });
  await Debugger.stepOut();
  console.log(where(await paused()));
  await Debugger.resume();
  stop = await paused();
  console.log(where(stop));
  await Profiler.enable();
  await Profiler.start();
  const { profile } = await Profiler.stop();
  console.log(profile.nodes[0].callFrame.functionName);
  await Debugger.removeBreakpoint({ breakpointId });
  const destroyed = new Promise((done) => Runtime.executionContextDestroyed(done));
  await Debugger.resume();
  await destroyed;
  console.log(said);
  await client.close();
  console.log('exit', await ended);
}

main().catch((error) => {
  console.log(error);
  child.kill();
});
