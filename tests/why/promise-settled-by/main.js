// why: 2
let settle;
new Promise((resolve) => { settle = resolve; }).then(function after() {
  setTimeout(function last() {}, 1);
});
setTimeout(function timer() { settle(); }, 5);
