// Only the first of resolve, reject and throw counts.
new Promise((resolve, reject) => {
  resolve('first');
  reject(new Error('ignored'));
  throw new Error('ignored too');
}).then((v) => console.log(v));
new Promise((resolve, reject) => {
  reject(new Error('first'));
  resolve('ignored');
}).catch((e) => console.log(e.message));
