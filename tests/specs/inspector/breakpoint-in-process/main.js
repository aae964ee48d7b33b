'use strict';

// Two sessions of one script hear of its breakpoint; it goes on by itself, as nobody else could let it.
const { Session } = require('inspector');
const { AsyncLocalStorage } = require('async_hooks');
const { pathToFileURL } = require('url');

const storage = new AsyncLocalStorage();

function debugged(a) {
  const twice = a * 2;
  return twice;
}

const sessions = [new Session(), new Session()];
sessions.forEach((session, index) => {
  session.connect();
  session.on('Debugger.paused', ({ params: { reason, callFrames: [frame], hitBreakpoints } }) => {
    console.log(index, reason, frame.functionName, frame.location.lineNumber, hitBreakpoints.length, storage.getStore());
    const request = { callFrameId: frame.callFrameId, expression: 'a + twice' };
    session.post('Debugger.evaluateOnCallFrame', request, (error, { result }) => console.log(index, error, result.value));
  });
  session.on('Debugger.resumed', () => console.log(index, 'goes on'));
  session.post('Debugger.enable');
});
const where = { lineNumber: 11, url: pathToFileURL(__filename).href };
sessions[0].post('Debugger.setBreakpointByUrl', where, (error, { locations }) => {
  console.log(error, locations.map(({ lineNumber }) => lineNumber));
});
console.log(storage.run('context', debugged, 4));
sessions[0].disconnect();
console.log(debugged(5));
sessions[1].disconnect();
