function a() { process.nextTick(b); }
function b() { queueMicrotask(c); }
function c() { setImmediate(d); }
function d() {
  debugger;
}
a();
