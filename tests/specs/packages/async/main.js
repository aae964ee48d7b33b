'use strict';
const async = require('async');

const work = (n, done) => setImmediate(() => n === 13 ? done(new Error('unlucky')) : done(null, n * n));
async.mapLimit([1, 2, 3, 4], 2, work, (error, squares) => {
  console.log('mapLimit', error, squares);
  async.waterfall([
    (next) => work(3, next),
    (nine, next) => work(nine, next),
  ], (error, result) => {
    console.log('waterfall', error, result);
    async.auto({
      a: (done) => work(2, done),
      b: ['a', ({ a }, done) => work(a, done)],
      c: ['a', 'b', ({ a, b }, done) => done(null, a + b)],
    }, (error, results) => {
      console.log('auto', error, results);
      async.each([1, 13], work, async () => {});
      async.each([1, 13], work, (error) => {
        console.log('each', error.message);
        const queue = async.queue(work, 2);
        queue.drain(() => console.log('drained'));
        queue.push([5, 6, 7], (error, result) => console.log('queue', result));
      });
    });
  });
});
