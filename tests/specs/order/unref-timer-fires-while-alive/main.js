// An unref'd timer fires when something else keeps the loop alive long enough.
setTimeout(() => console.log('unref fired'), 1).unref();
setTimeout(() => console.log('kept alive'), 100);
