'use strict';

const inspector = require('inspector/promises');

(async () => {
  const session = new inspector.Session();
  await session.post('Runtime.enable').catch((error) => console.log(error.code, error.message));
  session.connect();
  const results = await Promise.all([
    session.post('Runtime.evaluate', { expression: '2 + 2' }),
    session.post('Runtime.evaluate', {
      expression: 'new Promise((resolve) => setTimeout(() => resolve(6), 10))', awaitPromise: true,
    }),
    session.post('Runtime.evaluate', { expression: 'await 4 + 4', replMode: true, awaitPromise: true }),
  ]);
  console.log(results.map(({ result }) => result.value));
  await session.post('Nothing.here').catch((error) => console.log(error.code, error.message));
  await session.post('Profiler.enable');
  await session.post('Profiler.start');
  const { profile } = await session.post('Profiler.stop');
  console.log(Array.isArray(profile.nodes), profile.endTime >= profile.startTime);
  session.disconnect();
  console.log(new inspector.Session() instanceof require('inspector').Session);
})();
