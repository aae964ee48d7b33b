'use strict';
// What is checked when the user or the groups of the process are to change.
const attempt = (name, ...args) => {
  try {
    console.log(name, process[name](...args));
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
};
for (const name of ['setuid', 'seteuid', 'setgid', 'setegid']) {
  for (const id of [undefined, null, {}, true, 'nosuchname', 1.5, -1, 2 ** 33]) attempt(name, id);
}
for (const groups of [undefined, 1, [1, 'x'], [{}], ['nosuchname'], [-1]]) attempt('setgroups', groups);
for (const args of [[], [1], ['root'], ['root', {}], ['root', 'nosuchname'], [99999999, 0], [null, 1]]) attempt('initgroups', ...args);
