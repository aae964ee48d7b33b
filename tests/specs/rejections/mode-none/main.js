// --unhandled-rejections=none ignores them.
Promise.reject(new Error('ignored'));
setTimeout(() => console.log('still here'), 5);
