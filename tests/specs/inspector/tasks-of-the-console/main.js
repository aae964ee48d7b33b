// Tasks of `console.createTask` are parents in the stacks of debuggers.
const { Session, console: engine } = require('node:inspector');

const session = new Session();
session.connect();
session.on('Debugger.paused', ({ params }) => {
  const { description, callFrames } = params.asyncStackTrace;
  console.log(description, callFrames[0].functionName);
});
session.post('Debugger.enable');
session.post('Debugger.setAsyncCallStackDepth', { maxDepth: 4 });

function plan() {
  return console.createTask('tidy up');
}
const task = plan();
setTimeout(() => {
  console.log(task.run(() => {
    debugger;
    return 'done';
  }));
  session.disconnect();
}, 1);

console.log(console.createTask.name, console.createTask.length, 'createTask' in engine);
for (const wrong of [undefined, '', 7]) {
  try {
    console.createTask(wrong);
  } catch (error) {
    console.log(error.name, error.message);
  }
}
